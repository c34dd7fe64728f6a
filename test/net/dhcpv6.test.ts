/** DHCPv6 with programs that everybody uses, over a TAP device in a network namespace of the test's own. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { variation, variationsOf } from '../judge/variations.js'
import { netStatFaults } from '../schema/judge.js'
import { locate } from '../setup/tools.js'
import { type Job, Namespace, noNamespaces } from './namespace.js'
import { judgeByTshark } from './tshark.js'

const needed = ['dnsmasq', 'dhcp6s', 'dhcp6c', 'kea-dhcp6', 'dhcpcd', 'rdisc6', 'tshark']
const missing = needed.find((tool) => locate(tool) === undefined)
const reason = noNamespaces() ?? (missing === undefined ? undefined : `needs ${missing}`)
const title = (what: string) => `${what}${reason === undefined ? '' : ` (skipped: ${reason})`}`

/** What of `net stat --json` these tests look at. */
interface Stat6 {
  readonly interfaces: readonly { readonly addresses: readonly string[] }[]
  readonly dhcp6?: {
    readonly lp0: {
      readonly state: string
      readonly addresses?: readonly string[]
      readonly nameServers?: readonly string[]
      readonly searchDomains?: readonly string[]
      readonly sent: Readonly<Record<string, number>>
      readonly dropped: Readonly<Record<string, number>>
    }
  }
}

describe.skipIf(reason !== undefined)(title('our DHCPv6 client with others’ servers'), () => {
  let namespace: Namespace
  let up: Job
  const file = (name: string) => join(namespace.folder, name)

  beforeEach(() => {
    namespace = new Namespace({ ipv6: true })
    namespace.must('ip', 'tuntap', 'add', 'dev', 'lp0', 'mode', 'tap')
    namespace.must('ip', 'link', 'set', 'lp0', 'up')
    namespace.must('ip', '-6', 'addr', 'add', '2001:db8:1::1/64', 'dev', 'lp0', 'nodad')
  })
  afterEach(() => namespace.close())

  const stat = async () => {
    const document: unknown = JSON.parse((await namespace.linkpulse('net', 'stat', '--json').ended).stdout)
    expect(netStatFaults(document)).toEqual([])
    return document as Stat6
  }

  /** @returns what `net stat` says once the client is in that state */
  async function inState(state: string): Promise<NonNullable<Stat6['dhcp6']>['lp0']> {
    for (let tries = 0; ; tries++) {
      const seen = await stat()
      if (seen.dhcp6?.lp0.state === state) return seen.dhcp6.lp0
      if (tries > 200) throw new Error(`not ${state}: ${JSON.stringify(seen.dhcp6)}`)
    }
  }

  const ours = async (...words: string[]) => {
    up = await namespace.up('stack:', '--tap', 'lp0', '--address6', 'auto', '--capture', file('all.pcapng'), ...words)
  }

  /** Ends ours. @returns DHCPv6's message types, in the order in which they passed */
  async function messages(): Promise<string[]> {
    expect((await namespace.interrupt(up)).status).toBe(0)
    const judged = judgeByTshark(file('all.pcapng'), 'dhcpv6')
    expect(judged.wrong).toEqual([])
    expect(judged.remarks).toEqual({})
    const fields = ['-Y', 'dhcpv6', '-T', 'fields', '-e', 'dhcpv6.msgtype']
    return namespace
      .must('tshark', '-r', file('all.pcapng'), ...fields)
      .trim()
      .split('\n')
  }

  const dnsmasq = (...words: string[]) =>
    namespace.start([
      ...['dnsmasq', '--no-daemon', '--conf-file=/dev/null', '--user=root', '--interface=lp0', '--bind-interfaces'],
      ...['--no-resolv', '--no-hosts', '--log-dhcp', `--dhcp-leasefile=${file('leases')}`, '--dhcp-authoritative'],
      ...words,
    ])

  it('gets an address from dnsmasq where its advertisement says M, is reached there, and gives it back', async () => {
    const server = dnsmasq(
      ...['--enable-ra', '--dhcp-range=2001:db8:1::100,2001:db8:1::1ff,64,2m'],
      ...['--dhcp-option=option6:dns-server,[2001:db8:1::53]', '--dhcp-option=option6:domain-search,lab.test'],
    )
    await ours()
    const lent = await inState('BOUND')
    expect(lent.addresses).toEqual([expect.stringMatching(/^2001:db8:1::1[0-9a-f]{2}$/)])
    expect([lent.nameServers, lent.searchDomains]).toEqual([['2001:db8:1::53'], ['lab.test']])
    const address = lent.addresses?.[0] ?? ''
    await namespace.until(() => /lp0: \S+ is lent by DHCPv6/.test(up.stderr()))
    // Alone under its prefix: what is on the link the router says.
    expect((await stat()).interfaces[0].addresses).toContain(`${address}/128`)
    const ping = await namespace.ping(2, '-6', address)
    expect(ping.stdout, ping.stderr).toMatch(/2 received/)
    // Solicit with rapid commit, which dnsmasq grants at once (RFC 9915 21.14); Release, and its reply.
    expect(await messages()).toEqual(['1', '7', '8', '7'])
    await namespace.until(() => server.stderr().includes('DHCPRELEASE'))
    expect(lent.dropped).toEqual({})
  })

  it('asks dnsmasq for name servers and domains alone where its advertisement says O', async () => {
    dnsmasq(
      ...[
        '--enable-ra',
        '--dhcp-range=2001:db8:1::,ra-stateless,ra-names',
        '--dhcp-option=option6:dns-server,[2001:db8:1::54]',
      ],
      ...['--dhcp-option=option6:domain-search,other.test', '--dhcp-option=option6:information-refresh-time,1200'],
    )
    await ours()
    const told = await inState('INFORMED')
    expect(told).toMatchObject({ nameServers: ['2001:db8:1::54'], searchDomains: ['other.test'], dropped: {} })
    expect(told.sent).toEqual({ 'INFORMATION-REQUEST': 1 })
    expect(await messages()).toEqual(['11', '7'])
  })

  it.each(
    variationsOf([
      ['where an advertisement says neither', 'ra-only', []],
      ['with --dhcp6 off, though one says O', 'ra-stateless', ['--dhcp6', 'off']],
    ]),
  )('asks nobody %s', async (_, range, words) => {
    dnsmasq('--enable-ra', `--dhcp-range=2001:db8:1::,${range}`)
    await ours(...words)
    const made = async () => (await stat()).interfaces[0].addresses.some((each) => each.startsWith('2001:'))
    for (let tries = 0; !(await made()); tries++) if (tries > 200) throw new Error('no advertisement came')
    expect((await stat()).dhcp6).toBeUndefined()
    expect((await namespace.interrupt(up)).status).toBe(0)
    expect(judgeByTshark(file('all.pcapng'), 'dhcpv6').frames).toBe(0)
  })

  variation(
    'gets an address from kea by four messages, whatever routers say, and renews it in three seconds',
    async () => {
      writeFileSync(
        file('kea.json'),
        JSON.stringify({
          Dhcp6: {
            // A TAP device has a carrier while we have it open.
            'interfaces-config': {
              interfaces: ['lp0'],
              'service-sockets-max-retries': 1000,
              'service-sockets-retry-wait-time': 100,
            },
            'lease-database': { type: 'memfile', persist: false },
            'server-id': { type: 'LL', persist: false },
            'preferred-lifetime': 100,
            'valid-lifetime': 200,
            'renew-timer': 3,
            'rebind-timer': 80,
            'option-data': [{ name: 'dns-servers', data: '2001:db8:1::5' }],
            subnet6: [
              { subnet: '2001:db8:1::/64', interface: 'lp0', pools: [{ pool: '2001:db8:1::2000-2001:db8:1::2fff' }] },
            ],
            loggers: [{ name: 'kea-dhcp6', severity: 'INFO', output_options: [{ output: 'stdout' }] }],
          },
        }),
      )
      const kea = namespace.start([
        ...['env', `KEA_PIDFILE_DIR=${namespace.folder}`, `KEA_LOCKFILE_DIR=${namespace.folder}`],
        ...['kea-dhcp6', '-c', file('kea.json')],
      ])
      await namespace.until(() => /DHCP6_STARTED/.test(kea.stdout()))
      await ours('--dhcp6', 'stateful')
      expect(up.stdout()).toMatch(/^ready .*2001:db8:1::2[0-9a-f]{3}\/128 on lp0$/m)
      expect((await inState('BOUND')).nameServers).toEqual(['2001:db8:1::5'])
      for (let tries = 0; ((await stat()).dhcp6?.lp0.sent.RENEW ?? 0) < 2; tries++)
        if (tries > 200) throw new Error('not renewed')
      const seen = (await messages()).join(' ')
      // As often as it asked before kea was ready.
      expect(seen).toMatch(/^(1 )+2 3 7( 5 7){2,} 8 7$/)
    },
  )

  variation('gets an address from dhcp6s, and gives it back', async () => {
    writeFileSync(
      file('dhcp6s.conf'),
      [
        'option domain-name-servers 2001:db8:1::9;',
        'interface lp0 { preference 255; address-pool pool1 200; };',
        'pool pool1 { range 2001:db8:1::3000 to 2001:db8:1::3fff; };',
        '',
      ].join('\n'),
    )
    const files = ['-c', file('dhcp6s.conf'), '-k', '/nonexistent', '-P', file('dhcp6s.pid')]
    namespace.start(['dhcp6s', '-f', '-D', ...files, 'lp0'])
    await ours('--dhcp6', 'stateful')
    expect(up.stdout()).toMatch(/^ready .*2001:db8:1::3000\/128 on lp0$/m)
    expect((await inState('BOUND')).nameServers).toEqual(['2001:db8:1::9'])
    expect((await messages()).join(' ')).toMatch(/^(1 )+2 3 7 8 7$/)
  })
})

describe.skipIf(reason !== undefined)(title('our DHCPv6 server with others’ clients'), () => {
  variation(
    'is asked by dhcp6c and dhcpcd, as the router’s O flag says, and both have its servers and domains',
    async () => {
      const namespace = new Namespace({ ipv6: true })
      const file = (name: string) => join(namespace.folder, name)
      try {
        const up = await namespace.up(
          ...['stack:', '--tap', 'lp0', '--address6', '2001:db8:1::1/64', '--advertise', '2001:db8:1::/64'],
          ...['--advertise-dns', '2001:db8:1::53,2001:db8:1::54', '--advertise-search', 'lab.test', '--dhcp6-server'],
          ...['--capture', file('all.pcapng')],
        )
        const lasting = () => namespace.must('ip', '-6', 'addr', 'show', 'dev', 'lp0', 'scope', 'link', '-tentative')
        await namespace.until(() => lasting() !== '')
        const { stdout: heard } = await namespace.run('rdisc6', '-1', 'lp0')
        expect(heard).toMatch(/^Stateful address conf\. +: +No$/m)
        expect(heard).toMatch(/^Stateful other conf\. +: +Yes$/m)
        writeFileSync(
          file('dhcp6c.conf'),
          'interface lp0 { information-only; request domain-name-servers; request domain-name; };\n',
        )
        const files = ['-c', file('dhcp6c.conf'), '-p', file('dhcp6c.pid'), '-k', '/nonexistent']
        const client = namespace.start(['dhcp6c', '-f', '-D', ...files, 'lp0'])
        // In its words: each option of the reply, and what it has made of them.
        await namespace.until(() => /got an expected reply/.test(client.stderr() + client.stdout()))
        const words = client.stderr() + client.stdout()
        expect(words).toMatch(/get DHCP option server ID, len 10/)
        expect(words).toMatch(/nameserver\[0\] 2001:db8:1::53/)
        expect(words).toMatch(/nameserver\[1\] 2001:db8:1::54/)
        expect(words).toMatch(/Domain search list\[0\] lab\.test/)
        client.process.kill('SIGTERM')

        const { stdout: told } = await namespace.run('dhcpcd', '-T', '-6', '-1', '--inform6', '-t', '20', 'lp0')
        expect(told).toMatch(/new_dhcp6_name_servers='?2001:db8:1::53 2001:db8:1::54/)
        expect(told).toMatch(/new_dhcp6_domain_search='?lab\.test/)

        const { stdout } = await namespace.linkpulse('net', 'stat', '--json').ended
        expect(netStatFaults(JSON.parse(stdout))).toEqual([])
        const { dhcp6Server } = JSON.parse(stdout) as { dhcp6Server: { lp0: Record<string, unknown> } }
        expect(dhcp6Server.lp0).toMatchObject({ dropped: {} })
        expect(dhcp6Server.lp0.replies).toBeGreaterThanOrEqual(2)
        expect((await namespace.interrupt(up)).status).toBe(0)
        const judged = judgeByTshark(file('all.pcapng'), 'dhcpv6')
        expect([judged.wrong, judged.remarks]).toEqual([[], {}])
        expect(judged.frames).toBeGreaterThanOrEqual(4)
      } finally {
        await namespace.close()
      }
    },
  )
})
