/** Two namespaces of the kernel, and our stack as the router between them. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectIdle, randomOctets, sha256 } from './files.js'
import { type Job, Namespace, noNamespaces } from './namespace.js'
import { judgeByTshark, KERNEL_PROBES, ORDINARY, unexplained } from './tshark.js'

const reason = noNamespaces()

describe.skipIf(reason !== undefined)(
  `our stack as a router between two kernels${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    let near: Namespace
    let far: Namespace
    let up: Job
    const capture = () => join(near.folder, 'router.pcapng')

    beforeAll(async () => {
      near = new Namespace()
      far = new Namespace()
      up = await near.up(
        ...['stack:', '--forward', '--capture', capture()],
        ...['--tap', 'lp0', '--address', '10.9.0.1/24', '--kernel-address', '10.9.0.2'],
        ...['--tap', 'lp1', '--address', '10.9.1.1/24', '--kernel-address', 'none'],
      )
      near.must('ip', 'link', 'set', 'lp1', 'netns', far.name)
      far.must('ip', 'addr', 'add', '10.9.1.2/24', 'dev', 'lp1')
      far.must('ip', 'link', 'set', 'lp1', 'up')
      far.must('ip', 'route', 'add', 'default', 'via', '10.9.1.1')
      near.must('ip', 'route', 'add', 'default', 'via', '10.9.0.1')
    })
    afterAll(async () => {
      await near.close()
      await far.close()
    })

    it('passes pings, whole and in fragments, each with one hop less to live', async () => {
      for (const size of ['56', '1472', '65507']) {
        const { stdout } = await near.ping(3, '-s', size, '10.9.1.2')
        expect(stdout, `of ${size} octets`).toMatch(/3 packets transmitted, 3 received, 0% packet loss/)
        expect(stdout).toContain('ttl=63')
      }
    })

    it.each([
      ['UDP', []],
      ['ICMP', ['-I']],
      ['TCP', ['-T']],
    ])('is the first hop of traceroute by %s, and the far kernel the second', async (_kind, how) => {
      const words = ['-n', ...how, '-q', '2', '-w', '3', '10.9.1.2']
      const { stdout, stderr, status } = await near.run('traceroute', ...words)
      expect(stderr).toBe('')
      expect(status).toBe(0)
      const hops = [...stdout.matchAll(/^ *(\d+) +(\S+)/gm)].map(([, number, address]) => `${number} ${address}`)
      expect(hops.slice(-2)).toEqual(['1 10.9.0.1', '2 10.9.1.2'])
    })

    it('says that there is no way to a network nobody knows', async () => {
      const { stdout } = await near.run('ping', '-c', '1', '-W', '3', '10.77.0.1')
      expect(stdout).toMatch(/From 10\.9\.0\.1 .*Destination Net Unreachable/)
    })

    it('says that a neighbour does not answer', async () => {
      const { stdout } = await near.run('ping', '-c', '1', '-W', '8', '10.9.1.77')
      expect(stdout).toMatch(/From 10\.9\.0\.1 .*Destination Host Unreachable/)
    })

    it('carries 6 MB from kernel to kernel, with its SHA-256', async () => {
      const octets = randomOctets(6_000_000)
      writeFileSync(join(far.folder, 'file'), octets)
      far.start(['/usr/bin/python3', '-m', 'http.server', '8080'])
      await far.listening(8080)
      const { stderr } = await near.run('curl', '-sS', '-m', '100', '-o', 'got', 'http://10.9.1.2:8080/file')
      expect(stderr).toBe('')
      expect(sha256(readFileSync(join(near.folder, 'got')))).toBe(sha256(octets))
    })

    it('holds nothing when all is through, and is without fault in tshark', async () => {
      await expectIdle(near)
      expect((await near.interrupt(up)).status).toBe(0)
      const judgement = judgeByTshark(capture())
      expect(judgement.frames).toBeGreaterThan(6_000)
      expect(judgement.wrong).toEqual([])
      // Each frame is in the capture twice, once on each wire; and a hop limit of 1 is what traceroute is about
      const seenTwice = [...KERNEL_PROBES, /out-of-order segment$/, /^Previous segment/, /^Connection reset/]
      expect(unexplained(judgement, [...ORDINARY, ...seenTwice, /"?Time To Live"? (!=|only) /])).toEqual({})
    })
  },
)
