/** nmap's scans and scapy's malformed packets at a running stack: it goes on answering, and has nothing left of them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formatMac } from '../../firmware/net/address.js'
import { stationAddress } from '../../host/node/network/tap-device.js'
import { extentOf } from '../judge/parts.js'
import { variationsOf } from '../judge/variations.js'
import { expectIdle, sha256, sha256OfRandomFile } from './files.js'
import { type Job, Namespace, noNamespaces } from './namespace.js'

const OURS = '10.9.0.2'
const PACKETS = new URL('./hostile-packets.py', import.meta.url).pathname
/** A slice of the seeds of `make judge`. */
const { first, count } = extentOf('malformed-frames')
const SEEDS = Array.from({ length: count }, (_, i) => first + 1 + i)
const reason = noNamespaces()

describe.skipIf(reason !== undefined)(
  `a stack under attack${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    let namespace: Namespace
    let up: Job
    beforeAll(async () => {
      namespace = new Namespace()
      up = await namespace.up('stack:', '--tap', 'lp0', '--address', `${OURS}/24`, '--services', 'all')
    })
    afterAll(() => namespace.close())

    /** It is not only alive: what it offers works, through new connections. */
    async function expectService(): Promise<void> {
      const ping = await namespace.ping(2, '-s', '3000', OURS)
      expect(ping.stdout).toMatch(/ 0% packet loss/)
      const curl = namespace.start(['curl', '-sS', '-m', '30', `http://${OURS}/random/300000`])
      expect((await curl.ended).stderr).toBe('')
      expect(sha256(curl.output())).toBe(sha256OfRandomFile(300_000))
      const nc = await namespace.start(['nc.openbsd', '-N', '-w', '10', OURS, '7'], 'still there\n').ended
      expect(nc.stdout).toBe('still there\n')
    }

    it.each(SEEDS)('bears thousands of malformed frames (scapy, seed %s)', async (seed) => {
      const station = formatMac(stationAddress('lp0'))
      const words = ['/usr/bin/python3', PACKETS, 'lp0', station, OURS, String(seed)]
      const { stdout, stderr, status } = await namespace.run(...words)
      expect(stderr).toBe('')
      expect(stdout).toMatch(/^[67]\d{3} frames sent\n$/)
      expect(status).toBe(0)
      // Whoever sent them last is not whom the kernel believes to be its own neighbour
      namespace.must('ip', 'neigh', 'flush', 'dev', 'lp0')
      await expectService()
    })

    it.each(
      variationsOf([
        ['SYN', ['-sS', '-p', '1-2000']],
        ['Xmas', ['-sX', '-p', '1-200']],
        ['NULL', ['-sN', '-p', '1-200']],
        ['UDP', ['-sU', '-p', '1-30', '--max-retries', '1']],
        ['fragmented SYN', ['-sS', '-f', '-p', '1-100']],
      ]),
    )("answers nmap's %s scan as the RFCs say, and serves on", async (kind, how) => {
      const timing = ['-n', '-Pn', '-T5', '--host-timeout', '40s', '--min-rate', '500']
      const { stdout, status } = await namespace.run('nmap', ...timing, ...how, OURS)
      expect(status).toBe(0)
      expect(stdout).toMatch(/Host is up/)
      const open = [...stdout.matchAll(/^(\d+)\/(?:tcp|udp) +(open\S*)/gm)].map(([, port]) => Number(port))
      if (kind === 'UDP') expect(open).toEqual(expect.arrayContaining([7]))
      // A TCP header in pieces of eight octets is an attack on filters, and is dropped (RFC 1858 3, RFC 3128)
      else if (kind === 'fragmented SYN') expect(open).toEqual([])
      // Xmas and NULL: silence at an open port, a reset at a closed one (RFC 9293 3.10.7.1, 3.10.7.2)
      else expect(open).toEqual([7, 9, 13, 19, 23, 80])
      await expectService()
    })

    it("bears nmap's guess at what it is (-O)", async () => {
      const { status } = await namespace.run(
        'nmap',
        '-n',
        '-Pn',
        '-T5',
        '-O',
        '--max-os-tries',
        '1',
        '-p',
        '80,4711',
        OURS,
      )
      expect(status).toBe(0)
      await expectService()
    })

    it('has nothing left of it: no connection, no memory; and ends cleanly', async () => {
      await expectIdle(namespace)
      const { status, stderr } = await namespace.interrupt(up)
      const [first, ...others] = stderr.trimEnd().split('\n')
      expect(first).toBe('lp0: the stack is 10.9.0.2, this machine is 10.9.0.1')
      // Among the malformed frames are some that claim our address (RFC 5227 2.4).
      for (const line of others)
        expect(line).toMatch(/^lp0: [\da-f:]{17} claims the address 10\.9\.0\.2 too; it is kept/)
      expect(status).toBe(0)
    })
  },
)
