/**
 * This machine's kernel judges our IPv6: `linkpulse net up stack: --address6` on a TAP device in a network namespace of the test's own. The
 * kernel answers duplicate address detection, is asked for neighbours and asks for ours, and routers of the kernel's side announce prefixes.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectIdle, randomOctets, sha256, sha256OfRandomFile } from './files.js'
import { type Job, Namespace, noNamespaces } from './namespace.js'
import { judgeByTshark } from './tshark.js'

const OURS = '2001:db8::2'
const reason = noNamespaces()
const title = `the Linux kernel's IPv6 on a TAP device${reason === undefined ? '' : ` (skipped: ${reason})`}`

describe.skipIf(reason !== undefined)(title, () => {
  let namespace: Namespace
  let up: Job
  let link = ''
  const capture = () => join(namespace.folder, 'six.pcapng')
  const file = (name: string) => join(namespace.folder, name)

  beforeAll(() => {
    namespace = new Namespace({ ipv6: true })
  })
  afterAll(() => namespace.close())

  it('sees it come up with its link-local address and the one it was given', async () => {
    up = await namespace.up(
      'stack:',
      '--tap',
      'lp0',
      '--address6',
      `${OURS}/64`,
      '--services',
      'all',
      '--capture',
      capture(),
    )
    const [, own] = /^ready (fe80::\S+)\/64 2001:db8::2\/64 on lp0$/m.exec(up.stdout()) ?? []
    expect(up.stdout()).toMatch(/^ready fe80::/)
    link = own
  })

  it('gets its echoes answered, of all lengths, on both addresses', async () => {
    for (const to of [OURS, `${link}`])
      for (const size of ['0', '56', '1452', '1453', '9000', '65507']) {
        const ping = await namespace.ping(3, '-6', '-s', size, to)
        expect(ping.stdout, `${size} octets to ${to}: ${ping.stderr}`).toMatch(
          /3 packets transmitted, 3 received, 0% packet loss/,
        )
        expect(ping.stdout).not.toMatch(/wrong data|DUP|truncated/)
      }
  })

  it('finds it among all nodes of the link', async () => {
    const { stdout } = await namespace.run('ping', '-6', '-c', '2', '-L', 'ff02::1%lp0')
    expect(stdout).toContain(`bytes from ${link}`)
  })

  it('knows it as a neighbour that is there', async () => {
    expect(namespace.must('ip', '-6', 'neigh', 'show', OURS)).toMatch(/lp0 lladdr .* (REACHABLE|DELAY|STALE|PROBE)/)
  })

  it('fetches a file of 2 MB whole: curl, with its SHA-256', async () => {
    const url = `http://[${OURS}]/random/2000000`
    const { status, stderr } = await namespace.run('curl', '-sS', '-g', '-m', '200', '-o', 'got', url)
    expect(stderr).toBe('')
    expect(status).toBe(0)
    expect(sha256(readFileSync(file('got')))).toBe(sha256OfRandomFile(2_000_000))
    const own = await namespace.run('curl', '-sS', '-g', '-m', '100', `http://[${link}]/status.json`)
    expect(JSON.parse(own.stdout)).toHaveProperty('interfaces')
  })

  it('sends a stream, closes its half, and gets all of it back: nc to our echo', async () => {
    const octets = randomOctets(300_000)
    const nc = namespace.start(['nc.openbsd', '-6', '-N', OURS, '7'], octets)
    await nc.ended
    expect(sha256(nc.output())).toBe(sha256(octets))
  })

  it('gets datagrams back, fragments too, and is told where nobody listens: nc', async () => {
    for (const size of [10, 1452, 1453, 8000]) {
      const octets = randomOctets(size)
      const nc = namespace.start(['nc.openbsd', '-6', '-u', '-w', '2', OURS, '7'], octets)
      await nc.ended
      expect(sha256(nc.output()), `${size} octets`).toBe(sha256(octets))
    }
    const refused = await namespace.run('nc.openbsd', '-6', '-v', '-w', '2', OURS, '4711')
    expect(refused.stderr).toMatch(/refused/)
  })

  it('leaves it as it was: no connection, no octet of memory', async () => {
    await expectIdle(namespace)
  })

  it('has dnsmasq announce a prefix, and pings the address that it makes (RFC 4862)', async () => {
    namespace.must('ip', '-6', 'addr', 'add', '2001:db8:7::1/64', 'dev', 'lp0', 'nodad')
    const dnsmasq = namespace.start([
      'dnsmasq',
      '--no-daemon',
      '--conf-file=/dev/null',
      '--port=0',
      '--enable-ra',
      '--ra-param=lp0,mtu:1400,4,600',
      '--dhcp-range=2001:db8:7::,ra-only,64,600',
      '--dhcp-option=option6:dns-server,[2001:db8:7::53]',
      '--dhcp-option=option6:domain-search,seven.test',
    ])
    let own = ''
    const look = async () => {
      const { stdout } = await namespace.linkpulse('net', 'stat', '--json').ended
      own = /"(2001:db8:7::[^"/]*|2001:db8:7:0:[^"/]*)\/64"/.exec(stdout)?.[1] ?? ''
    }
    for (let tries = 0; tries < 60 && own === ''; tries++) await look()
    expect(own, dnsmasq.stderr()).not.toBe('')
    const ping = await namespace.ping(3, '-6', own)
    expect(ping.stdout).toMatch(/3 packets transmitted, 3 received/)
    const { stdout } = await namespace.linkpulse('net', 'stat', '--json').ended
    expect(JSON.parse(stdout).routes).toContainEqual({
      network: '::/0',
      gateway: expect.stringMatching(/^fe80::/),
      interface: 'lp0',
    })
    // RFC 8106.
    expect(up.stderr()).toMatch(
      /^lp0: routers name 2001:db8:7::53 to ask for names, and to look for them in seven\.test$/m,
    )
    dnsmasq.process.kill('SIGTERM')
    await dnsmasq.ended
  })

  it('is pinged by our stack: net ping', async () => {
    await namespace.interrupt(up)
    const wire = ['--tap', 'lp1', '--address6', '2001:db8:1::2/64']
    const ping = await namespace.linkpulse('net', 'ping', '2001:db8:1::1', '-c', '2', '--trace', ...wire).ended
    expect(ping.stdout, ping.stderr).toMatch(/from 2001:db8:1::1/)
    // What passes is told in words.
    expect(ping.stdout + ping.stderr).toMatch(/ICMP6, neighbor solicitation, who has 2001:db8:1::1,/)
    expect(ping.stdout + ping.stderr).toMatch(/2001:db8:1::2 > 2001:db8:1::1: ICMP6, echo request, id \d+, seq \d+,/)
    expect(ping.status).toBe(0)
  })

  it('serves a page to our stack by its name, which nothing but its router tells whom to ask for (RFC 8106, 3596)', async () => {
    namespace.must('ip', 'tuntap', 'add', 'lp2', 'mode', 'tap')
    namespace.must('ip', 'link', 'set', 'lp2', 'up')
    namespace.must('ip', '-6', 'addr', 'add', '2001:db8:9::1/64', 'dev', 'lp2', 'nodad')
    const dnsmasq = namespace.start([
      ...['dnsmasq', '--no-daemon', '--conf-file=/dev/null', '--no-resolv', '--no-hosts'],
      ...['--bind-dynamic', '--interface=lp2', '--enable-ra', '--ra-param=lp2,4,600'],
      ...['--dhcp-range=2001:db8:9::,ra-only,64,600', '--dhcp-option=option6:domain-search,nine.test'],
      // Nobody is at the other addresses: one more of IPv6, and of IPv4, which the stack has not.
      ...['--host-record=web.nine.test,2001:db8:9::1', '--host-record=two.nine.test,192.0.2.1,2001:db8:9::2'],
      ...['--host-record=two.nine.test,2001:db8:9::1', '--host-record=old.nine.test,192.0.2.1'],
    ])
    writeFileSync(file('greeting'), 'six greets you')
    const server = namespace.start(['/usr/bin/python3', '-m', 'http.server', '--bind', '::', '80'])
    await namespace.listening(80)
    const wire = ['--tap', 'lp2', '--address6', 'auto']
    const own = /^2001:db8:9:0:\S+ - - .*"GET \/greeting HTTP\/1\.1" 200/m
    const page = await namespace.linkpulse('net', 'http', 'http://web.nine.test/greeting', ...wire).ended
    expect(page.stdout, page.stderr + dnsmasq.stderr()).toBe('six greets you')
    // From the address that the router's prefix made.
    expect(server.stderr() + server.stdout()).toMatch(own)
    // In its search domain; and past an address where nobody is.
    for (const name of ['web', 'two']) {
      const found = await namespace.linkpulse('net', 'http', `http://${name}/greeting`, ...wire).ended
      expect(found.stdout, found.stderr).toBe('six greets you')
    }
    const ping = await namespace.linkpulse('net', 'ping', 'web', '-c', '1', ...wire).ended
    expect(ping.stdout, ping.stderr).toMatch(/from 2001:db8:9::1: seq 1,/)
    // By the server that is named, over IPv6 as well.
    const named = await namespace.linkpulse(
      'net',
      'ping',
      'web.nine.test',
      '-c',
      '1',
      '--dns',
      '2001:db8:9::1',
      ...wire,
    ).ended
    expect(named.stdout, named.stderr).toMatch(/from 2001:db8:9::1: seq 1,/)
    const nobody = await namespace.linkpulse('net', 'http', 'http://nobody.nine.test/', ...wire).ended
    expect(nobody.stderr).toMatch(/nobody\.nine\.test has no address: /)
    const old = await namespace.linkpulse('net', 'http', 'http://old.nine.test/', ...wire).ended
    expect(old.stderr).toMatch(/ENETUNREACH: connect to 192\.0\.2\.1:80: /)
    for (const job of [dnsmasq, server]) job.process.kill('SIGTERM')
    await Promise.all([dnsmasq.ended, server.ended])
  })

  it('has an Uno behind its simulated chip answer, and serve its page: net up model:uno --address6', async () => {
    const board = await namespace.up(
      'model:uno',
      '--tap',
      'lp3',
      '--address',
      '10.9.3.2/24',
      '--address6',
      '2001:db8:3::2/64',
    )
    expect(board.stdout()).toMatch(/^ready 10\.9\.3\.2\/24 fe80::\S+\/64 2001:db8:3::2\/64 on lp3$/m)
    const ping = await namespace.ping(3, '-6', '2001:db8:3::2')
    expect(ping.stdout).toMatch(/3 packets transmitted, 3 received, 0% packet loss/)
    const page = await namespace.run('curl', '-sS', '-g', '-m', '100', 'http://[2001:db8:3::2]/')
    expect(page.stderr).toBe('')
    expect(page.stdout).toContain('Arduino Uno')
    expect((await namespace.stat()).memory).toMatchObject({ limit: 1536 })
    expect((await namespace.interrupt(board)).status).toBe(0)
  })

  it('is seen by tshark without a malformed packet or a bad checksum', () => {
    const all = judgeByTshark(capture(), 'ipv6')
    expect(all.frames).toBeGreaterThan(500)
    expect(all.wrong).toEqual([])
  })
})
