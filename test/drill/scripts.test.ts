import { describe, expect, it } from 'vitest'
import { type DrillReport, drill } from '../../host/drill/drill.js'
import { reportText } from '../../host/drill/report.js'
import { readScripts } from '../../host/node/drill/script-files.js'

const SCRIPTS = (await readScripts([new URL('.', import.meta.url).pathname])).map(({ file, text }) => ({
  name: file.replace(/^.*\//, ''),
  text,
}))

/** Scripts that speak of IPv4, and what in them does. */
const OF_IPV4: Readonly<Record<string, string>> = {
  'backlog.pkt': 'whom it accepts',
  'errors.pkt': 'an address that is not its own',
  'handshake-passive.pkt': 'whom it accepts',
  'icmp-errors.pkt': 'errors of ICMP, by their names (ipv6-icmp-errors.pkt)',
  'icmp-every-form.pkt': 'errors of ICMP, by their names (ipv6-icmp-every-form.pkt)',
  'listen-groups.pkt': 'broadcasts and groups (ipv6-groups.pkt)',
  'options-of-others.pkt': 'whom it accepts',
  'path-mtu.pkt': 'an MTU that no link of IPv6 has, by a message of ICMP (ipv6-path-mtu.pkt)',
  'ports-and-brackets.pkt': 'whom it accepts',
  'route.pkt': 'its addresses, and an MTU that no link of IPv6 has',
  'udp.pkt': 'whom it hears (ipv6-udp.pkt)',
}
/** Of those, what names no address of a socket: they run with sockets of IPv6 over IPv4. */
const OF_IPV4_BELOW = ['icmp-errors.pkt', 'icmp-every-form.pkt', 'path-mtu.pkt', 'route.pkt']

const VERSION = /^--ip_version=(?!ipv4$)|^--\w+_ip=.*:/m
const BOTH = SCRIPTS.filter(({ text }) => !VERSION.test(text) && !text.includes('AF_INET6'))

/** The header of IPv6 has 20 octets more than IPv4's: on a link with so much more room, a segment has as many as over IPv4. */
function overIpv6(name: string, text: string): DrillReport {
  const [, mtu = '1500'] = /^--mtu=(\d+)/m.exec(text) ?? []
  const given = [
    { name: 'ip_version', value: 'ipv6' },
    { name: 'mtu', value: String(Number(mtu) + 20) },
  ]
  return drill(name, text, { strict: true, given })
}

function overMapped(name: string, text: string): DrillReport {
  return drill(name, text, { strict: true, given: [{ name: 'ip_version', value: 'ipv4-mapped-ipv6' }] })
}

describe('scripts of the field against this stack', () => {
  it('each says where it is written', () => {
    const silent = SCRIPTS.filter(
      ({ text }) => !/RFC \d+|POSIX|accepted in the order/.test(text.split('\n').slice(0, 3).join(' ')),
    )
    expect(silent.map(({ name }) => name)).toEqual([])
  })

  for (const { name, text } of SCRIPTS)
    it(`${name} passes, and nothing more is sent than it expects`, () => {
      const report = drill(name, text, { strict: true })
      expect(report.verdict, reportText(report, false)).toBe('pass')
    })
})

describe('the same scripts over IPv6: TCP is the same there', () => {
  for (const { name, text } of BOTH.filter((script) => !Object.hasOwn(OF_IPV4, script.name)))
    it(`${name} passes over IPv6, and with sockets of IPv6 over IPv4`, () => {
      for (const report of [overIpv6(name, text), overMapped(name, text)])
        expect(report.verdict, reportText(report, false)).toBe('pass')
    })

  it('those that speak of IPv4 are named: none of them would pass, nor is one named that is not there', () => {
    const passing = BOTH.filter(({ name, text }) => overIpv6(name, text).verdict === 'pass').map(({ name }) => name)
    expect(passing.filter((name) => Object.hasOwn(OF_IPV4, name))).toEqual([])
    const names = BOTH.map(({ name }) => name)
    expect(Object.keys(OF_IPV4).filter((name) => !names.includes(name))).toEqual([])
    // The greatest part of them speaks of neither.
    expect(passing.length).toBeGreaterThan(4 * Object.keys(OF_IPV4).length)
  })

  it('whose packets alone are of IPv4 pass with sockets of IPv6', () => {
    const mapped = BOTH.filter(
      ({ name, text }) => Object.hasOwn(OF_IPV4, name) && overMapped(name, text).verdict === 'pass',
    )
    expect(mapped.map(({ name }) => name).sort()).toEqual(OF_IPV4_BELOW)
  })
})
