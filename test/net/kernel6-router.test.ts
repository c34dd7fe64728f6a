/**
 * Two kernels with our router of IPv6 between them: `linkpulse net up stack: --forward --advertise` with a TAP device in each one's namespace.
 * Each kernel has no address but what our advertisements have it make.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { variation } from '../judge/variations.js'
import { locate } from '../setup/tools.js'
import { randomOctets, sha256 } from './files.js'
import { type Job, Namespace, noNamespaces } from './namespace.js'
import { judgeByTshark } from './tshark.js'

const missing = ['rdisc6', 'radvd', 'tshark', 'traceroute'].find((tool) => locate(tool) === undefined)
const reason = noNamespaces() ?? (missing === undefined ? undefined : `needs ${missing}`)
const title = `our router of IPv6 between two kernels${reason === undefined ? '' : ` (skipped: ${reason})`}`

describe.skipIf(reason !== undefined)(title, () => {
  let near: Namespace
  let far: Namespace
  let up: Job
  let farAddress = ''
  const capture = () => join(near.folder, 'router6.pcapng')
  const own = (namespace: Namespace, tap: string) =>
    /inet6 (2001:db8:\S+)\/64/.exec(namespace.must('ip', '-6', 'addr', 'show', 'dev', tap, '-tentative'))?.[1] ?? ''

  beforeAll(async () => {
    near = new Namespace({ ipv6: true })
    far = new Namespace({ ipv6: true })
    up = await near.up(
      ...['stack:', '--forward', '--capture', capture()],
      ...['--tap', 'lp0', '--address6', '2001:db8:1::1/64', '--advertise', '2001:db8:1::/64'],
      ...['--tap', 'lp1', '--address6', '2001:db8:2::1/64', '--advertise', '2001:db8:2::/64'],
      ...['--advertise-dns', '2001:db8:1::53,2001:db8:1::54', '--advertise-search', 'lab.test'],
    )
    near.must('ip', 'link', 'set', 'lp1', 'netns', far.name)
    far.must('ip', 'link', 'set', 'lp1', 'up')
  })
  afterAll(async () => {
    for (const each of [near, far]) await each?.close()
  })

  it('has each kernel make an address of the prefix of its link, and a default route by us', async () => {
    await near.until(() => own(near, 'lp0') !== '' && own(far, 'lp1') !== '')
    expect(own(near, 'lp0')).toMatch(/^2001:db8:1:0:/)
    farAddress = own(far, 'lp1')
    expect(farAddress).toMatch(/^2001:db8:2:0:/)
    for (const [namespace, tap] of [
      [near, 'lp0'],
      [far, 'lp1'],
    ] as const)
      expect(namespace.must('ip', '-6', 'route', 'show', 'default')).toMatch(
        new RegExp(`^default via fe80::\\S+ dev ${tap} proto ra .*expires \\d+sec`),
      )
  })

  it('is asked by rdisc6, and says all that it was given', async () => {
    const { stdout, stderr, status } = await near.run('rdisc6', '-1', 'lp0')
    expect(stderr).toBe('')
    expect(status).toBe(0)
    // Its own words for RFC 4861 4.2, 4.6.2 and RFC 8106
    expect(stdout).toMatch(/^Hop limit +: +64 /m)
    expect(stdout).toMatch(/^Router lifetime +: +1800 /m)
    expect(stdout).toMatch(/^Router preference +: +medium$/m)
    expect(stdout).toMatch(/^ *Prefix +: 2001:db8:1::\/64$/m)
    expect(stdout).toMatch(/^ *On-link +: +Yes$/m)
    expect(stdout).toMatch(/^ *Autonomous address conf\.: +Yes$/m)
    expect(stdout).toMatch(/^ *Valid time +: +2592000 /m)
    expect(stdout).toMatch(/^ *Pref\. time +: +604800 /m)
    expect(stdout).toMatch(/^ *Recursive DNS server +: 2001:db8:1::53$/m)
    expect(stdout).toMatch(/^ *Recursive DNS server +: 2001:db8:1::54$/m)
    expect(stdout).toMatch(/^ *DNS search list +: lab\.test\.? *$/m)
  })

  it('passes echoes from kernel to kernel, whole and in fragments, with one hop less to go', async () => {
    for (const size of ['56', '1452', '9000', '65000']) {
      const { stdout, stderr } = await near.ping(3, '-6', '-s', size, farAddress)
      expect(stdout, `of ${size} octets: ${stderr}`).toMatch(/3 packets transmitted, 3 received, 0% packet loss/)
      expect(stdout).toContain('ttl=63')
    }
  })

  it.each([
    ['UDP', []],
    ['ICMP', ['-I']],
    ['TCP', ['-T']],
  ])('is the first hop of traceroute by %s, and the far kernel the second', async (_kind, how) => {
    const words = ['-6', '-n', ...how, '-q', '1', '-w', '3', farAddress]
    const { stdout, stderr } = await near.run('traceroute', ...words)
    expect(stderr).toBe('')
    const hops = [...stdout.matchAll(/^ *(\d+) +(\S+)/gm)].map(([, number, address]) => `${number} ${address}`)
    expect(hops.slice(-2)).toEqual(['1 2001:db8:1::1', `2 ${farAddress}`])
  })

  it('says that there is no way to a network nobody knows, and that a neighbour does not answer', async () => {
    const nowhere = await near.run('ping', '-6', '-c', '1', '-W', '3', '2001:db8:77::1')
    expect(nowhere.stdout).toMatch(/From 2001:db8:1::1 icmp_seq=1 Destination unreachable: No route/)
    const nobody = await near.run('ping', '-6', '-c', '1', '-W', '8', '2001:db8:2::77')
    expect(nobody.stdout).toMatch(/From 2001:db8:1::1 icmp_seq=1 Destination unreachable: Address unreachable/)
  })

  it('carries 2 MB from kernel to kernel, with its SHA-256', async () => {
    const octets = randomOctets(2_000_000)
    writeFileSync(join(far.folder, 'file'), octets)
    far.start(['/usr/bin/python3', '-m', 'http.server', '--bind', '::', '8080'])
    await far.listening(8080)
    const url = `http://[${farAddress}]:8080/file`
    const { stderr } = await near.run('curl', '-sS', '-g', '-m', '200', '-o', 'got', url)
    expect(stderr).toBe('')
    expect(sha256(readFileSync(join(near.folder, 'got')))).toBe(sha256(octets))
  })

  it('notices that radvd on its link says something else (RFC 4861 6.2.7)', async () => {
    near.must('sysctl', '-qw', 'net.ipv6.conf.lp0.forwarding=1')
    const prefix = 'prefix 2001:db8:1::/64 { AdvValidLifetime 5000; AdvPreferredLifetime 4000; };'
    writeFileSync(
      join(near.folder, 'radvd.conf'),
      `interface lp0 { AdvSendAdvert on; MinRtrAdvInterval 3; MaxRtrAdvInterval 4; AdvCurHopLimit 32; ${prefix} };\n`,
    )
    const files = ['-C', join(near.folder, 'radvd.conf'), '-p', join(near.folder, 'radvd.pid')]
    const radvd = near.start(['radvd', '-n', '-m', 'stderr', ...files])
    await near.until(() => /says something else/.test(up.stderr()))
    expect(up.stderr()).toMatch(
      /^lp0: the router fe80::\S+%lp0 says something else than is advertised here: hop limit, valid lifetime, preferred lifetime$/m,
    )
    radvd.process.kill('SIGTERM')
    await radvd.ended
  })

  it('says at its end that it is no router any more (6.2.5), and is without fault in tshark', async () => {
    expect((await near.interrupt(up)).status).toBe(0)
    const ours = '(ipv6.src == fe80::/10 and icmpv6.type == 134 and icmpv6.nd.ra.cur_hop_limit == 64)'
    const fields = ['-T', 'fields', '-e', 'icmpv6.nd.ra.router_lifetime']
    const { stdout } = spawnSync('tshark', ['-r', capture(), '-Y', ours, ...fields], { encoding: 'utf8' })
    const lifetimes = stdout.trim().split('\n')
    expect(lifetimes.slice(-2)).toEqual(['0', '0'])
    expect(new Set(lifetimes.slice(0, -2))).toEqual(new Set(['1800']))
    const all = judgeByTshark(capture(), 'ipv6')
    expect(all.frames).toBeGreaterThan(1000)
    expect(all.wrong).toEqual([])
  })
})

describe.skipIf(reason !== undefined)('routes that radvd tells our host (RFC 4191)', () => {
  variation('are kept, the longest prefix first, and go by radvd', async () => {
    const namespace = new Namespace({ ipv6: true })
    try {
      const up = await namespace.up('stack:', '--tap', 'lp0', '--address6', 'auto', '--temporary')
      namespace.must('sysctl', '-qw', 'net.ipv6.conf.all.forwarding=1')
      const routes = [
        'route 2001:db8:8000::/33 { AdvRoutePreference high; };',
        'route 2001:db8:c000::/34 { AdvRoutePreference low; AdvRouteLifetime 600; };',
        'prefix 2001:db8:1::/64 { };',
      ].join(' ')
      const file = join(namespace.folder, 'radvd.conf')
      writeFileSync(
        file,
        `interface lp0 { AdvSendAdvert on; MinRtrAdvInterval 3; MaxRtrAdvInterval 4; AdvDefaultLifetime 0; ${routes} };\n`,
      )
      namespace.start(['radvd', '-n', '-m', 'stderr', '-C', file, '-p', join(namespace.folder, 'radvd.pid')])
      const told = async () => {
        const { stdout } = await namespace.linkpulse('net', 'stat', '--json').ended
        const { routes } = JSON.parse(stdout) as { routes: { network: string; gateway: string | null }[] }
        return routes.filter(({ network }) => network.includes(':'))
      }
      let seen = await told()
      for (let tries = 0; tries < 60 && seen.length < 3; tries++) seen = await told()
      expect(
        seen.map(({ network, gateway }) => `${network} ${gateway === null ? 'here' : gateway.slice(0, 6)}`),
      ).toEqual(['2001:db8:1::/64 here', '2001:db8:c000::/34 fe80::', '2001:db8:8000::/33 fe80::'])
      // Who is beyond it, as the kernel is by an address there, is answered by that way: it is no default router.
      namespace.must('ip', '-6', 'addr', 'add', '2001:db8:8000::7/128', 'dev', 'lo')
      namespace.must('ip', '-6', 'addr', 'add', '2001:db8:1::1/64', 'dev', 'lp0', 'nodad')
      const { stdout } = await namespace.linkpulse('net', 'stat', '--json').ended
      const own = /"(2001:db8:1:[^"/]+)\/64"/g
      // The stable one and a temporary one (RFC 8981), by the prefix that radvd announces.
      const addresses = new Set(
        [...stdout.matchAll(own)].map(([, text]) => text).filter((text) => text !== '2001:db8:1::'),
      )
      expect(addresses.size, stdout).toBe(2)
      for (const address of addresses) {
        const ping = await namespace.ping(3, '-6', '-I', '2001:db8:8000::7', address)
        expect(ping.stdout, ping.stderr).toMatch(/3 packets transmitted, 3 received, 0% packet loss/)
      }
      await namespace.interrupt(up)
    } finally {
      await namespace.close()
    }
  })
})
