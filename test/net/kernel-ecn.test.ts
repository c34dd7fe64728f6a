/**
 * The kernel and our stack across a router that is about to be full: it marks a fifth of what is ECN-capable, in either direction, and drops
 * nothing (RFC 3168). Whoever sends takes marks for losses and has nothing to send again.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cli } from '../cli/command.js'
import { variationsOf } from '../judge/variations.js'
import { expectIdle, randomOctets, sha256, sha256OfRandomFile } from './files.js'
import { type Job, Namespace, noNamespaces } from './namespace.js'
import { beyondProbes, judgeByTshark, KERNEL_PROBES, ORDINARY, unexplained } from './tshark.js'

const OURS = '10.9.0.2'
const OURS_6 = '2001:db8:9::2'
const OCTETS = 400_000
const reason = noNamespaces()

describe.skipIf(reason !== undefined)(
  `the kernel across a router that marks${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    let namespace: Namespace
    let up: Job
    const file = (name: string) => join(namespace.folder, name)

    beforeAll(async () => {
      namespace = new Namespace({ ipv6: true })
      namespace.must('sh', '-c', 'echo 1 > /proc/sys/net/ipv4/tcp_ecn')
      const wire = ['--tap', 'lp0', '--address', `${OURS}/24`, '--address6', `${OURS_6}/64`]
      const bad = ['--impair', 'mark=20,delay=2']
      up = await namespace.up('stack:', ...wire, ...bad, '--services', 'all', '--capture', file('marks.pcapng'))
    })
    afterAll(() => namespace.close())

    /** How often the kernel counted something, since the namespace began. */
    const counted = (name: string): number =>
      Number(new RegExp(`^${name}\\s+(\\d+)`, 'm').exec(namespace.must('nstat', '-asz', name))?.[1])

    it.each(
      variationsOf([
        ['IPv4', OURS],
        ['IPv6', `[${OURS_6}]`],
      ]),
    )('fetches over %s what is marked on its way, and nothing is sent again', async (_, host) => {
      const before = (await namespace.stat()).counters.tcp
      const { stderr } = await namespace.run(
        'curl',
        '-sS',
        '-m',
        '110',
        '-o',
        'page',
        `http://${host}/random/${OCTETS}`,
      )
      expect(stderr).toBe('')
      expect(sha256(readFileSync(file('page')))).toBe(sha256OfRandomFile(OCTETS))
      const after = (await namespace.stat()).counters.tcp
      expect(after.congestionEchoes - before.congestionEchoes).toBeGreaterThan(2)
      expect(after.timeouts - before.timeouts).toBe(0)
    })

    it('sends what is marked on its way, hears of it, and sends nothing again', async () => {
      const octets = randomOctets(OCTETS)
      const nc = namespace.start(['nc.openbsd', '-N', OURS, '7'], octets)
      await nc.ended
      expect(sha256(nc.output())).toBe(sha256(octets))
      expect((await namespace.stat()).counters.tcp.marksReceived).toBeGreaterThan(10)
      expect(counted('TcpExtTCPDeliveredCE')).toBeGreaterThan(10)
    })

    it('falls back from Accurate ECN (RFC 9768) to what we speak', async (context) => {
      const { status } = await namespace.run('sh', '-c', 'echo 3 > /proc/sys/net/ipv4/tcp_ecn')
      if (status !== 0) context.skip('this kernel takes no 3 for tcp_ecn')
      const before = (await namespace.stat()).counters.tcp
      const { stderr } = await namespace.run(
        'curl',
        '-sS',
        '-m',
        '110',
        '-o',
        'page',
        `http://${OURS}/random/${OCTETS}`,
      )
      expect(stderr).toBe('')
      expect((await namespace.stat()).counters.tcp.congestionEchoes - before.congestionEchoes).toBeGreaterThan(2)
    })

    it('agrees where we ask', async () => {
      namespace.must('sh', '-c', 'echo 2 > /proc/sys/net/ipv4/tcp_ecn')
      const octets = randomOctets(20_000)
      const server = namespace.start(['nc.openbsd', '-l', '-N', '8000'], '')
      await namespace.listening(8000)
      const wire = ['--tap', 'lp1', '--address', '10.9.1.2/24', '--kernel-address', '10.9.1.1', '--trace', '--ecn']
      const client = namespace.start([process.execPath, cli, 'net', 'nc', '10.9.1.1', '8000', ...wire], octets)
      const { status, stderr } = await client.ended
      expect(status).toBe(0)
      await server.ended
      expect(sha256(server.output())).toBe(sha256(octets))
      expect(stderr).toMatch(/CTL=SYN,ECE,CWR/)
      expect(stderr).toMatch(/CTL=SYN,ACK,ECE/)
      expect(stderr).toMatch(/ECT\(0\)/)
    })

    it('leaves nothing behind, and nothing in the capture that tshark finds fault with', async () => {
      const { counters } = await expectIdle(namespace)
      expect((await namespace.interrupt(up)).status).toBe(0)
      const judgement = judgeByTshark(file('marks.pcapng'))
      expect(judgement.wrong).toEqual([])
      const remarks = unexplained(judgement, [...ORDINARY, ...KERNEL_PROBES])
      expect(beyondProbes(remarks, counters.tcp.tailProbes)).toEqual({})
    })
  },
)
