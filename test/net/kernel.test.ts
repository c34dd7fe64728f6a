/**
 * This machine's kernel judges the stack: `linkpulse net up stack:` on a TAP device in a network namespace of the test's own,
 * and the programs that everybody uses on the other side.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formatMac } from '../../firmware/net/address.js'
import { stationAddress } from '../../host/node/network/tap-device.js'
import { cli } from '../cli/command.js'
import { extentOf, PARTS } from '../judge/parts.js'
import { expectIdle, randomOctets, sha256, sha256OfRandomFile } from './files.js'
import { type Job, Namespace, noNamespaces } from './namespace.js'
import { ANSWERS_TO_PROBES, beyondProbes, judgeByTshark, KERNEL_PROBES, LOSS, ORDINARY, unexplained } from './tshark.js'

const OURS = '10.9.0.2'
const SIZES = new URL('./ping-sizes.py', import.meta.url).pathname
const UDP = new URL('./udp-echo.py', import.meta.url).pathname
/** Every seventh of the sizes of `make judge`: the remainders of 8, of which fragments are made, and those of a word are all among them. */
const { count: sizes } = extentOf('echo-sizes')
const EVERY = Math.round(PARTS['echo-sizes'].whole / sizes)
const stationOf = (tap: string) => formatMac(stationAddress(tap))
const reason = noNamespaces()
const title = `the Linux kernel on a TAP device${reason === undefined ? '' : ` (skipped: ${reason})`}`

describe.skipIf(reason !== undefined)(title, () => {
  let namespace: Namespace
  let up: Job
  /** Acknowledgements that came later than the stack waits for: 200 programs at once keep two processors busy for that long. */
  let timeouts = 0
  /** Those that it asked after before (RFC 8985 7). */
  let probes = 0
  const capture = () => join(namespace.folder, 'all.pcapng')
  const file = (name: string) => join(namespace.folder, name)

  beforeAll(async () => {
    namespace = new Namespace()
  })
  afterAll(() => namespace.close())

  it(`gets an echo of ${sizes} of the 65,508 sizes that there are, octet for octet`, async () => {
    const quiet = await namespace.up('stack:', '--tap', 'lp0', '--address', `${OURS}/24`)
    const { stdout, status } = await namespace.run('/usr/bin/python3', SIZES, OURS, '0', '65507', `${EVERY}`)
    expect(stdout).toBe(`${sizes} sent, 0 wrong\n`)
    expect(status).toBe(0)
    const { memory, counters } = await namespace.stat()
    expect(memory.used).toBe(0)
    expect(counters.icmp.echoesAnswered).toBe(sizes)
    expect((await namespace.interrupt(quiet)).status).toBe(0)
  })

  it('finds a station and a host: arping, ping', async () => {
    up = await namespace.up(
      'stack:',
      '--tap',
      'lp0',
      '--address',
      `${OURS}/24`,
      '--services',
      'all',
      '--capture',
      capture(),
    )
    const arping = await namespace.run('arping', '-c', '2', '-I', 'lp0', OURS)
    expect(arping.stdout.toLowerCase()).toContain(`[${stationOf('lp0')}]`)
    expect(arping.stdout).toMatch(/Received 2 response/)
    for (const size of ['0', '56', '1472', '1473', '65507']) {
      const ping = await namespace.ping(3, '-s', size, '-p', '5aa5', OURS)
      expect(ping.stdout, `of ${size} octets`).toMatch(/3 packets transmitted, 3 received, 0% packet loss/)
      expect(ping.stdout).not.toMatch(/wrong data|DUP|truncated/)
    }
  })

  it('fetches a file of 6 MB whole: curl, with its SHA-256', async () => {
    const { status, stderr } = await namespace.run(
      'curl',
      '-sS',
      '-m',
      '100',
      '-o',
      'got',
      `http://${OURS}/random/6000000`,
    )
    expect(stderr).toBe('')
    expect(status).toBe(0)
    expect(sha256(readFileSync(file('got')))).toBe(sha256OfRandomFile(6_000_000))
  })

  it('fetches 200 files at once: 200 curl, each its own', async () => {
    const one = `curl -sS -m 100 -o part$i http://${OURS}/random/$((50000 + i))`
    const { stderr, status } = await namespace.run('sh', '-c', `for i in $(seq 200); do ${one} & done; wait`)
    expect(stderr).toBe('')
    expect(status).toBe(0)
    for (let i = 1; i <= 200; i++) {
      expect(sha256(readFileSync(file(`part${i}`))), `part ${i}`).toBe(sha256OfRandomFile(50_000 + i))
    }
  })

  it('sends a stream, closes its half, and gets all of it back: nc to our echo', async () => {
    const octets = randomOctets(2_000_000)
    const nc = namespace.start(['nc.openbsd', '-N', OURS, '7'], octets)
    await nc.ended
    expect(sha256(nc.output())).toBe(sha256(octets))
  })

  it('closes in the middle, resets, and refuses: our echo goes on', async () => {
    const cut = await namespace.run('sh', '-c', `nc.openbsd -d ${OURS} 19 | head -c 300000`)
    expect(cut.stdout).toHaveLength(300_000)
    expect(cut.stdout).toMatch(/^ !"#\$%&'\(\)\*\+,-\.\/0123456789/)
    const refused = await namespace.run('nc.openbsd', '-v', '-w', '2', OURS, '4711')
    expect(refused.stderr).toMatch(/refused/)
    expect(refused.status).toBe(1)
  })

  it('gets datagrams of all sizes back, fragments too: UDP to our echo', async () => {
    const { stdout } = await namespace.run('/usr/bin/python3', UDP, OURS, '7')
    expect(stdout).toMatch(/^\d+ sent, 0 wrong\n$/)
    const closed = await namespace.run('/usr/bin/python3', UDP, OURS, '4711', 'closed')
    expect(closed.stdout).toBe('refused\n')
  })

  it('leaves the stack as it was: no connection, no octet of memory', async () => {
    const { counters } = await expectIdle(namespace)
    timeouts = counters.tcp.timeouts
    probes = counters.tcp.tailProbes
  })

  it('ends cleanly when it is interrupted, and takes the device with it', async () => {
    const { status, stderr } = await namespace.interrupt(up)
    expect(stderr).toBe('lp0: the stack is 10.9.0.2, this machine is 10.9.0.1\n')
    expect(status).toBe(0)
    expect(namespace.must('ip', '-br', 'link')).not.toContain('lp0')
  })

  it('is seen by tshark without a malformed packet, a bad checksum, or a remark that needs a reason', () => {
    // A SYN that the busy kernel sends again is answered by the SYN,ACK again, at once.
    const answered = '(tcp.flags.syn == 1 && tcp.analysis.retransmission)'
    const ours = judgeByTshark(capture(), `eth.src == ${stationOf('lp0')} && !${answered}`)
    const kernels = judgeByTshark(capture(), `eth.src != ${stationOf('lp0')}`)
    expect(ours.frames).toBeGreaterThan(20_000)
    expect(kernels.frames).toBeGreaterThan(5_000)
    expect(ours.wrong).toEqual([])
    expect(kernels.wrong).toEqual([])
    // The port that was closed, and the stream that was cut
    const resets = [/^Connection reset/]
    const late = timeouts === 0 ? [] : LOSS
    // Nothing is lost on this wire: what is sent again is a probe, and goes once.
    const remarks = unexplained(ours, [...ORDINARY, ...ANSWERS_TO_PROBES, ...resets, ...late])
    expect(beyondProbes(remarks, probes)).toEqual({})
    expect(unexplained(kernels, [...ORDINARY, ...KERNEL_PROBES, ...resets])).toEqual({})
  })
})

describe.skipIf(reason !== undefined)(
  `the kernel as a server, our stack as its client${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    let namespace: Namespace
    const wire = ['--tap', 'lp1', '--address', '10.9.1.2/24']
    beforeAll(() => {
      namespace = new Namespace()
    })
    afterAll(() => namespace.close())

    it('serves our `net ping`', async () => {
      const { stdout, status } = await namespace.linkpulse(
        'net',
        'ping',
        '10.9.1.1',
        '-c',
        '3',
        '-i',
        '0.05',
        '-s',
        '4000',
        ...wire,
      ).ended
      expect(stdout).toMatch(/3 sent, 3 came back/)
      expect(status).toBe(0)
    })

    it('serves our `net http`: 6 MB with its SHA-256', async () => {
      const octets = randomOctets(6_000_000)
      writeFileSync(join(namespace.folder, 'file'), octets)
      namespace.start(['/usr/bin/python3', '-m', 'http.server', '8080'])
      await namespace.listening(8080)
      const capture = join(namespace.folder, 'http.pcapng')
      const { status, stderr } = await namespace.linkpulse(
        'net',
        'http',
        'http://10.9.1.1:8080/file',
        '-o',
        'got',
        ...wire,
        '--capture',
        capture,
      ).ended
      expect(stderr).toMatch(/6000000 octets in got/)
      expect(status).toBe(0)
      expect(sha256(readFileSync(join(namespace.folder, 'got')))).toBe(sha256(octets))
      const ours = judgeByTshark(capture, `eth.src == ${stationOf('lp1')}`)
      const kernels = judgeByTshark(capture, `eth.src != ${stationOf('lp1')}`)
      expect([...ours.wrong, ...kernels.wrong]).toEqual([])
      expect(unexplained(ours, [...ORDINARY, ...ANSWERS_TO_PROBES])).toEqual({})
      expect(unexplained(kernels, [...ORDINARY, ...KERNEL_PROBES])).toEqual({})
      const missing = await namespace.linkpulse('net', 'http', 'http://10.9.1.1:8080/missing', ...wire).ended
      expect(missing.stderr).toMatch(/missing was answered with 404/)
      expect(missing.status).toBe(1)
    })

    it('exchanges streams with our `net nc`, each end closing its half when it has said all', async () => {
      const asked = randomOctets(1_500_000)
      const answered = randomOctets(900_000)
      const server = namespace.start(['nc.openbsd', '-N', '-l', '9000'], answered)
      await namespace.listening(9000)
      const client = namespace.start([process.execPath, cli, 'net', 'nc', '10.9.1.1', '9000', ...wire], asked)
      const [{ status, stderr }] = await Promise.all([client.ended, server.ended])
      expect(sha256(server.output())).toBe(sha256(asked))
      expect(sha256(client.output())).toBe(sha256(answered))
      expect(stderr).toBe('lp1: the stack is 10.9.1.2, this machine is 10.9.1.1\n')
      expect(status).toBe(0)
    })

    it('connects to our `net nc -l`', async () => {
      const asked = randomOctets(700_000)
      const answered = randomOctets(1_200_000)
      const server = namespace.start([process.execPath, cli, 'net', 'nc', '-l', '9001', ...wire], answered)
      await namespace.until(() => server.stderr().includes('this machine is'))
      const client = namespace.start(['nc.openbsd', '-N', '10.9.1.2', '9001'], asked)
      await Promise.all([client.ended, server.ended])
      expect(sha256(server.output())).toBe(sha256(asked))
      expect(sha256(client.output())).toBe(sha256(answered))
    })

    it('is found by its name, which our DNS client asks dnsmasq for', async () => {
      const words = [
        '--no-daemon',
        '--no-hosts',
        '--no-resolv',
        '--address=/kernel.test/10.9.1.1',
        '--pid-file=',
        '--user=root',
      ]
      const server = namespace.start(['dnsmasq', ...words])
      const ping = await namespace.linkpulse('net', 'ping', 'kernel.test', '-c', '1', '--dns', '10.9.1.1', ...wire)
        .ended
      expect(ping.stdout).toMatch(/^ping 10\.9\.1\.1 with 56 octets of data\n.*\n1 sent, 1 came back/)
      const nobody = await namespace.linkpulse('net', 'ping', 'nobody.test', '-c', '1', '--dns', '10.9.1.1', ...wire)
        .ended
      expect(nobody.stderr).toMatch(/nobody\.test has no address: .*; check the name, and --dns/)
      expect(nobody.status).toBe(1)
      await namespace.interrupt(server)
    })

    it('is refused, and says so', async () => {
      const { status, stderr } = await namespace.linkpulse('net', 'nc', '10.9.1.1', '4711', ...wire).ended
      expect(stderr).toMatch(/ECONNREFUSED.*10\.9\.1\.1:4711/)
      expect(status).toBe(1)
    })
  },
)
