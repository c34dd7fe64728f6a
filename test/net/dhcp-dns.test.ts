/** DHCP and DNS with programs that everybody uses: dnsmasq and busybox, over a TAP device in a network namespace of the test's own. */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { variation } from '../judge/variations.js'
import { type Job, Namespace, noNamespaces } from './namespace.js'
import { judgeByTshark } from './tshark.js'

const END = fileURLToPath(new URL('./dhcp-dns-end.ts', import.meta.url))
const TSX = import.meta.resolve('tsx')
const MANY = Array.from({ length: 60 }, (_, i) => `10.9.1.${i}`).sort()
const reason = noNamespaces()
const title = `DHCP and DNS with others${reason === undefined ? '' : ` (skipped: ${reason})`}`

/** What our end said, line by line. */
function said(job: Job): Record<string, unknown>[] {
  return job
    .stdout()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

describe.skipIf(reason !== undefined)(title, () => {
  let namespace: Namespace
  const file = (name: string) => join(namespace.folder, name)

  beforeEach(() => {
    namespace = new Namespace()
  })
  afterEach(() => namespace.close())

  /** Our stack on `lp0`, which it makes; the kernel's end is brought up. */
  async function ours(role: 'client' | 'server', kernel: string | undefined, ...names: string[]): Promise<Job> {
    namespace.must('ip', 'tuntap', 'add', 'dev', 'lp0', 'mode', 'tap')
    if (kernel !== undefined) namespace.must('ip', 'address', 'add', kernel, 'dev', 'lp0')
    const job = namespace.start([process.execPath, '--import', TSX, END, role, 'lp0', file('all.pcapng'), ...names])
    namespace.must('ip', 'link', 'set', 'lp0', 'up')
    return job
  }

  async function ended(job: Job): Promise<Record<string, unknown>[]> {
    job.process.kill('SIGTERM')
    const { stderr } = await job.ended
    expect(stderr).toBe('')
    const judgement = judgeByTshark(file('all.pcapng'))
    expect(judgement.wrong).toEqual([])
    expect(judgement.frames).toBeGreaterThan(8)
    return said(job)
  }

  const seen = (job: Job, what: string) => () => said(job).some((line) => what in line)
  const found = (job: Job) => Object.fromEntries(said(job).flatMap(({ name, found: is }) => (name ? [[name, is]] : [])))

  it('our client gets an address from dnsmasq, renews it, asks for names over UDP and TCP, and gives it back', async () => {
    const client = await ours('client', '10.9.0.1/24', 'www', 'www.lab.test', 'gone.lab.test', 'many.lab.test')
    const server = namespace.start([
      'dnsmasq',
      '--no-daemon',
      '--conf-file=/dev/null',
      '--user=root',
      '--interface=lp0',
      '--bind-interfaces',
      '--no-resolv',
      '--no-hosts',
      '--log-dhcp',
      `--dhcp-leasefile=${file('leases')}`,
      '--dhcp-authoritative',
      '--dhcp-range=10.9.0.100,10.9.0.150,255.255.255.0,2m',
      '--dhcp-option=option:mtu,1400',
      '--dhcp-option=option:T1,3',
      '--domain=lab.test',
      '--local=/lab.test/',
      '--host-record=www.lab.test,10.9.0.80',
      ...MANY.map((address) => `--host-record=many.lab.test,${address}`),
    ])
    await namespace.until(() => Object.keys(found(client)).length === 5)
    const lease = said(client).find((line) => 'lease' in line)
    expect(lease).toEqual({
      lease: expect.stringMatching(/^10\.9\.0\.1[0-4]\d\/24$/),
      routers: ['10.9.0.1'],
      dnsServers: ['10.9.0.1'],
      domain: 'lab.test',
      mtu: 1400,
      seconds: 120,
    })
    expect(found(client)).toEqual({
      www: ['10.9.0.80'],
      'www.lab.test': ['10.9.0.80'],
      'gone.lab.test': 'NXDOMAIN',
      'many.lab.test': MANY,
      '10.9.0.80': ['www.lab.test'],
    })
    const address = String(lease?.lease).split('/')[0]
    const ping = await namespace.ping(2, address)
    expect(ping.stdout).toMatch(/2 received/)
    // The server has it renewed after three seconds: RENEWING, and BOUND again.
    await namespace.until(() => said(client).filter(({ state }) => state === 'BOUND').length >= 2)
    expect(said(client).map(({ state }) => state)).toContain('RENEWING')
    const lines = await ended(client)
    expect(lines.at(-1)).toMatchObject({ memory: 0, sent: { RELEASE: 1 }, conflicts: 0, dropped: {} })
    await namespace.until(() => server.stderr().includes('DHCPRELEASE'))
    expect(server.stderr()).toMatch(/DHCPACK\(lp0\) 10\.9\.0\.\d+ \S+ linkpulse/)
  })

  it('`net up --dhcp` gets an address, with and without a board, and says which', async () => {
    namespace.must('ip', 'tuntap', 'add', 'dev', 'lp0', 'mode', 'tap')
    namespace.must('ip', 'address', 'add', '10.9.0.1/24', 'dev', 'lp0')
    namespace.must('ip', 'link', 'set', 'lp0', 'up')
    const range = '--dhcp-range=10.9.0.100,10.9.0.150,255.255.255.0,2m'
    const usual = [
      '--no-daemon',
      '--conf-file=/dev/null',
      '--user=root',
      '--port=0',
      `--dhcp-leasefile=${file('leases')}`,
    ]
    const server = namespace.start(['dnsmasq', ...usual, '--interface=lp0', '--bind-interfaces', '--log-dhcp', range])
    for (const [target, name] of [
      ['stack:', 'linkpulse'],
      ['model:uno', 'uno'],
    ]) {
      const up = await namespace.up(target, '--tap', 'lp0', '--dhcp')
      const address = /^ready (10\.9\.0\.1[0-5]\d)\/24 on lp0$/m.exec(up.stdout())?.[1]
      const ping = await namespace.ping(2, String(address))
      expect(ping.stdout, target).toMatch(/2 received/)
      expect((await namespace.interrupt(up)).status).toBe(0)
      expect(server.stderr()).toContain(`DHCPACK(lp0) ${address}`)
      expect(server.stderr()).toMatch(new RegExp(`client provides name: ${name}`))
    }
    // Our stack gave its address back; a board is switched off without a word.
    expect(server.stderr().match(/DHCPRELEASE/g)).toHaveLength(1)
  })

  variation('`net up --dhcp` says when it loses its lease, why, and what it has instead', async () => {
    namespace.must('ip', 'tuntap', 'add', 'dev', 'lp0', 'mode', 'tap')
    namespace.must('ip', 'address', 'add', '10.9.0.1/24', 'dev', 'lp0')
    namespace.must('ip', 'link', 'set', 'lp0', 'up')
    const serve = (range: string) =>
      namespace.start([
        'dnsmasq',
        ...['--no-daemon', '--conf-file=/dev/null', '--user=root', '--port=0', '--interface=lp0', '--bind-interfaces'],
        ...['--log-dhcp', '--dhcp-authoritative', '--dhcp-option=option:T1,3', `--dhcp-leasefile=${file('leases')}`],
        `--dhcp-range=${range},255.255.255.0,2m`,
      ])
    // Each waits for its lease to be renewed, in real time: a bare stack does so by the same client.
    for (const [target, name] of [['model:uno', 'eth0']]) {
      const first = serve('10.9.0.100,10.9.0.150')
      const up = await namespace.up(target, '--tap', 'lp0', '--dhcp')
      const before = /^ready (10\.9\.0\.1[0-5]\d)\/24 on lp0$/m.exec(up.stdout())?.[1]
      expect(up.stderr()).not.toMatch(/lease/)
      first.process.kill('SIGTERM')
      await first.ended
      rmSync(file('leases'), { force: true })
      // Its addresses are others: it refuses to extend what it has not given.
      const second = serve('10.9.0.200,10.9.0.220')
      await namespace.until(() => /is leased .*\n/.test(up.stderr()))
      const lost = `${name}: the lease of ${before} is lost: the server refused to extend it (DHCP NAK); the address is not used any more, and a server is asked for one until it answers`
      expect(up.stderr()).toContain(`${lost}\n`)
      expect(up.stderr()).toMatch(
        new RegExp(`^${name}: 10\\.9\\.0\\.2\\d\\d/24 is leased for 120 s by 10\\.9\\.0\\.1; it is in use$`, 'm'),
      )
      expect((await namespace.interrupt(up)).status).toBe(0)
      second.process.kill('SIGTERM')
      await second.ended
      rmSync(file('leases'), { force: true })
    }
  })

  variation('`net up --dhcp --forward` with two wires gets an address on each', async () => {
    for (const [tap, own] of [
      ['lp0', '10.9.0.1/24'],
      ['lp1', '10.8.0.1/24'],
    ]) {
      namespace.must('ip', 'tuntap', 'add', 'dev', tap, 'mode', 'tap')
      namespace.must('ip', 'address', 'add', own, 'dev', tap)
      namespace.must('ip', 'link', 'set', tap, 'up')
    }
    const usual = ['--no-daemon', '--conf-file=/dev/null', '--user=root', '--port=0', '--bind-interfaces', '--log-dhcp']
    const ranges = ['9', '8'].map((net) => `--dhcp-range=10.${net}.0.100,10.${net}.0.150,255.255.255.0,2m`)
    const leases = `--dhcp-leasefile=${file('leases')}`
    const server = namespace.start(['dnsmasq', ...usual, leases, '--interface=lp0', '--interface=lp1', ...ranges])
    const up = await namespace.up('stack:', '--tap', 'lp0', '--tap', 'lp1', '--dhcp', '--forward')
    const ready = /^ready (10\.9\.0\.1\d\d)\/24 on lp0, (10\.8\.0\.1\d\d)\/24 on lp1$/m.exec(up.stdout())
    for (const address of ready?.slice(1) ?? ['none']) {
      const ping = await namespace.ping(2, address)
      expect(ping.stdout, up.stdout()).toMatch(/2 received/)
    }
    expect((await namespace.interrupt(up)).status).toBe(0)
    for (const [tap, net] of [
      ['lp0', '10.9.0'],
      ['lp1', '10.8.0'],
    ]) {
      // A client that waits for the processor asks twice, and is answered twice.
      const given = server.stderr().match(new RegExp(`DHCPACK\\(${tap}\\) \\d+\\.\\d+\\.\\d+`, 'g')) ?? []
      expect(new Set(given)).toEqual(new Set([`DHCPACK(${tap}) ${net}`]))
      expect(server.stderr().match(new RegExp(`DHCPRELEASE\\(${tap}\\)`, 'g'))).toHaveLength(1)
    }
  })

  variation('our client gets an address from busybox udhcpd', async () => {
    const client = await ours('client', '10.9.0.1/24')
    writeFileSync(file('leases'), '')
    const settings = ['start 10.9.0.20', 'end 10.9.0.29', 'interface lp0', `lease_file ${file('leases')}`]
    const options = [
      'option subnet 255.255.255.0',
      'option router 10.9.0.1',
      'option lease 600',
      'option domain lab.test',
    ]
    writeFileSync(file('udhcpd.conf'), `${[...settings, ...options].join('\n')}\n`)
    const server = namespace.start(['busybox', 'udhcpd', '-f', file('udhcpd.conf')])
    await namespace.until(seen(client, 'lease'))
    expect(said(client).find((line) => 'lease' in line)).toMatchObject({
      lease: expect.stringMatching(/^10\.9\.0\.2\d\/24$/),
      routers: ['10.9.0.1'],
      seconds: 600,
    })
    const lines = await ended(client)
    expect(lines.at(-1)).toMatchObject({ sent: { REQUEST: 1, RELEASE: 1 }, dropped: {} })
    server.process.kill('SIGTERM')
  })

  it('busybox udhcpc gets an address from our server, and busybox nslookup names; over TCP a long answer comes whole', async () => {
    const server = await ours('server', undefined)
    const script = file('configure.sh')
    writeFileSync(
      script,
      '#!/bin/sh\nenv > "lease-$1"\n[ "$1" = bound ] && ip address add "$ip/$mask" dev "$interface"\nexit 0\n',
      {
        mode: 0o755,
      },
    )
    const udhcpc = [
      'busybox',
      'udhcpc',
      '-i',
      'lp0',
      '-f',
      '-R',
      '-s',
      script,
      '-x',
      'hostname:penguin',
      '-t',
      '20',
      '-T',
      '1',
    ]
    const client = namespace.start(udhcpc)
    await namespace.until(seen(server, 'given'))
    expect(said(server)[0]).toEqual({ given: '10.9.0.100', to: 'penguin' })
    await namespace.until(() => namespace.must('ip', 'address', 'show', 'dev', 'lp0').includes('10.9.0.100/24'))
    const lease = namespace.must('cat', 'lease-bound')
    for (const line of ['router=10.9.0.1', 'dns=10.9.0.1', 'domain=lab.test', 'lease=600', 'serverid=10.9.0.1'])
      expect(lease.split('\n')).toContain(line)

    const ask = async (name: string) => (await namespace.run('busybox', 'nslookup', name, '10.9.0.1')).stdout
    expect(await ask('www.lab.test')).toMatch(/Name:\s+www\.lab\.test\s+Address: 10\.9\.0\.80/)
    expect(await ask('docs.lab.test')).toMatch(/docs\.lab\.test\s+canonical name = www\.lab\.test/)
    expect(await ask('gone.lab.test')).toMatch(/can't find gone\.lab\.test: NXDOMAIN/)
    expect(await ask('10.9.0.80')).toMatch(/name = www\.lab\.test/)
    // A query over TCP, its length before it: 60 addresses do not fit a datagram.
    const tcp = [
      'import socket',
      'q=bytes.fromhex("123401000001000000000000" "046d616e79036c6162047465737400" "00010001")',
      's=socket.create_connection(("10.9.0.1",53),5)',
      's.sendall(len(q).to_bytes(2,"big")+q)',
      'f=s.makefile("rb")',
      'n=int.from_bytes(f.read(2),"big")',
      'm=f.read(n)',
      'print(n, int.from_bytes(m[6:8],"big"), m[2]&2)',
    ].join('\n')
    expect(await namespace.run('/usr/bin/python3', '-c', tcp)).toMatchObject({ stdout: '991 60 0\n', stderr: '' })

    client.process.kill('SIGTERM')
    await client.ended
    await namespace.until(() => namespace.must('ls').includes('lease-deconfig'))
    const lines = await ended(server)
    expect(lines.at(-2)).toMatchObject({ leases: 0, received: { RELEASE: 1 }, dropped: {} })
    expect(lines.at(-1)).toEqual({ memory: 0 })
  })
})
