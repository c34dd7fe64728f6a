import { describe, expect, it } from 'vitest'
import { MILLISECOND } from '../../firmware/hal/clock.js'
import { formatIp, parseIp } from '../../firmware/net/ip.js'
import { EN } from '../text/en.js'
import { say } from '../text/say.js'
import { parseScript } from './parse.js'
import type { ScriptError } from './reader.js'
import type { Packet, TcpFields } from './script.js'

function statements(text: string) {
  return sound(text).statements
}

function sound(text: string) {
  const { script, errors } = parseScript('a.pkt', text)
  if (errors.length > 0) throw errors[0]
  return script
}

function action(text: string) {
  return statements(text)[0].action
}

/** What was read, and not where. */
function withoutPlaces(read: unknown): unknown {
  return JSON.parse(JSON.stringify(read, (key, value) => (key === 'at' ? undefined : value)))
}

function packet(text: string): Packet {
  const found = action(`0 ${text}`)
  if (found.kind !== 'packet') throw new Error(`${text} is no packet`)
  return found
}

function segment(text: string): TcpFields {
  const { transport } = packet(text)
  if (transport.kind !== 'tcp') throw new Error(`${text} is no segment`)
  return transport
}

function refusal(text: string): ScriptError {
  const { errors } = parseScript('a.pkt', text)
  if (errors.length === 0) throw new Error(`"${text}" was taken`)
  return errors[0]
}

describe('times of statements', () => {
  it('are absolute, relative, ranges of both, or any', () => {
    const times = statements('0.100 f() = 0\n+.1 f() = 0\n* f() = 0\n0.1~0.25 f() = 0\n+0~+0.1 f() = 0').map(
      (s) => s.time,
    )
    expect(times).toEqual([
      { kind: 'absolute', at: 100 * MILLISECOND },
      { kind: 'relative', at: 100 * MILLISECOND },
      { kind: 'any' },
      { kind: 'absolute', at: 100 * MILLISECOND, latest: 250 * MILLISECOND },
      { kind: 'relative', at: 0, latest: 100 * MILLISECOND },
    ])
  })

  it('of calls that block have an end, counted from where the beginning is', () => {
    const [absolute, relative] = statements('0.1...0.2 connect(3, ..., ...) = 0\n+0...0.010 read(3, ..., 9) = 9')
    expect(absolute.action).toMatchObject({ name: 'connect', returnsAt: 200 * MILLISECOND })
    expect(relative).toMatchObject({ time: { kind: 'relative', at: 0 }, action: { returnsAt: 10 * MILLISECOND } })
  })

  it('are refused where they cannot be', () => {
    expect(refusal('0.2~0.1 f() = 0').message).toContain('ends before it begins')
    expect(refusal('0.1~+0.2 f() = 0').message).toContain('both times of a range')
    expect(refusal('0.2...0.1 f() = 0').message).toContain('returns before it is made')
    expect(refusal('0...1 < . 1:1(0) ack 1').message).toContain('only a call takes two times')
  })
})

describe('what is not a statement', () => {
  it('comments end with the line, or with */', () => {
    const text = '// one\n# two\n/* three\n four */ 0 f(3 /* inside */) = 0 // five\n# six'
    expect(statements(text)).toHaveLength(1)
    expect(statements(text)[0]).toMatchObject({ line: 4, action: { name: 'f', arguments: [{ value: 3 }] } })
    expect(refusal('0 f() = 0\n/* open').message).toBe(
      'a.pkt:2:1: a comment begins here that does not end: close it with */',
    )
  })

  it('options stand before the statements', () => {
    const { options } = sound('--tolerance_usecs=10000\n--ip_version="ipv4"\n--verbose\n0 f() = 0')
    expect(options).toEqual([
      { name: 'tolerance_usecs', value: '10000', line: 1, column: 1 },
      { name: 'ip_version', value: 'ipv4', line: 2, column: 1 },
      { name: 'verbose', value: '', line: 3, column: 1 },
    ])
  })
})

describe('calls', () => {
  it('take numbers, names, text, or-ed flags, lists and structures', () => {
    const call = action(
      '0 connect(3, {sa_family=AF_INET, sin_port=htons(8080), sin_addr=inet_addr("192.0.2.1")}, 0x10) = -1 EINPROGRESS (Operation now in progress)',
    )
    expect(withoutPlaces(call)).toEqual({
      kind: 'call',
      name: 'connect',
      arguments: [
        { kind: 'number', value: 3 },
        {
          kind: 'struct',
          fields: [
            { name: 'sa_family', value: { kind: 'name', name: 'AF_INET' } },
            { name: 'sin_port', value: { kind: 'call', name: 'htons', arguments: [{ kind: 'number', value: 8080 }] } },
            {
              name: 'sin_addr',
              value: { kind: 'call', name: 'inet_addr', arguments: [{ kind: 'text', text: '192.0.2.1', more: false }] },
            },
          ],
        },
        { kind: 'number', value: 16 },
      ],
      result: { kind: 'number', value: -1 },
      error: 'EINPROGRESS',
    })
    expect(action('0 fcntl(4, F_SETFL, O_RDWR|O_NONBLOCK) = 0')).toMatchObject({
      arguments: [{}, {}, { kind: 'or', items: [{ name: 'O_RDWR' }, { name: 'O_NONBLOCK' }] }],
    })
    expect(action('0 setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0')).toMatchObject({
      arguments: [{}, {}, {}, { kind: 'list', items: [{ value: 1 }] }, { value: 4 }],
    })
    expect(action('0 write(4, "a\\x41\\n", 3) = 3')).toMatchObject({ arguments: [{}, { text: 'aA\n' }, {}] })
    expect(action('0 fcntl(4, F_GETFL) = 0x2 (flags O_RDWR)')).toMatchObject({ result: { value: 2 } })
  })

  it('take the fields of msghdr and iovec', () => {
    const call = action('0 sendmsg(4, {msg_name(...)=..., msg_iov(2)=[{..., 600},{..., 400}], msg_flags=0}, 0) = 1000')
    expect(call).toMatchObject({
      arguments: [
        {},
        {
          fields: [
            { name: 'msg_name', count: { kind: 'any' }, value: { kind: 'any' } },
            {
              name: 'msg_iov',
              count: { value: 2 },
              value: { items: [{ fields: [{}, { value: { value: 600 } }] }, {}] },
            },
            { name: 'msg_flags', value: { value: 0 } },
          ],
        },
        {},
      ],
    })
  })

  it.each(['(', '[', '{', '{a=', 'f(', 'f(1, [{b=('])(
    'with %s in itself 200,000 times are refused with its line',
    (open) => {
      const { line, column, sentence } = refusal(`0 f() = 0\n0 f(\n${open.repeat(200_000)}`)
      const brackets = [...open.repeat(33).matchAll(/[([{]/g)]
      expect([line, column, say(EN, sentence)]).toEqual([
        3,
        brackets[32].index + 1,
        'brackets in brackets, deeper than 32: take out what is too many',
      ])
    },
  )

  it('may have as many brackets beside each other as there is room for', () => {
    expect(action(`0 f(${'[(1)], '.repeat(1_000)}1) = 0`)).toMatchObject({ name: 'f' })
  })

  it('are refused with the place and what would be right', () => {
    expect(refusal('0 f() = 0\n0 listen(3, 1)').message).toBe(
      'a.pkt:2:15: expected "=" and what listen() returns, but the script ends here',
    )
    expect(refusal('0 listen(3 1) = 0').message).toBe(
      'a.pkt:1:12: expected ")" or a comma after a value, but found "1"',
    )
  })
})

describe('segments', () => {
  it('have flags, sequence numbers, ack, window, urgent pointer and options', () => {
    expect(segment('< S 0:0(0) win 32792 <mss 1460,sackOK,TS val 100 ecr 0,nop,wscale 7>')).toEqual({
      kind: 'tcp',
      flags: 0x02,
      sequence: 0,
      length: 0,
      window: 32792,
      options: [
        { kind: 'mss', value: 1460 },
        { kind: 'sackOK' },
        { kind: 'TS', value: 100, echo: 0 },
        { kind: 'nop' },
        { kind: 'wscale', value: 7 },
      ],
    })
    expect(segment('> FPU. 1:1001(1000) ack 5 urg 7')).toMatchObject({
      flags: 0x39,
      length: 1000,
      acknowledgement: 5,
      urgentPointer: 7,
    })
    expect(segment('< SEW 0:0(0)').flags).toBe(0xc2)
    expect(segment('< - 1:11(10)').flags).toBe(0)
    expect(segment('> R 7:7(0)')).toMatchObject({ flags: 0x04, options: [] })
    expect(segment('> . 1:1(0) ack 1 <...>').options).toBe('any')
    expect(segment('< . 1:1(0) ack 1 <nop,nop,sack 1001:2001 3001:4001>').options).toContainEqual({
      kind: 'sack',
      blocks: [
        [1001, 2001],
        [3001, 4001],
      ],
    })
    expect(segment('< S 0:0(0) <unknown 200 0a0b, raw 0204, FO abcd1234, eol>').options).toEqual([
      { kind: 'unknown', number: 200, octets: Uint8Array.of(10, 11) },
      { kind: 'raw', octets: Uint8Array.of(2, 4) },
      { kind: 'FO', cookie: Uint8Array.of(0xab, 0xcd, 0x12, 0x34) },
      { kind: 'eol' },
    ])
  })

  it('wrap after 32 bits, and must add up', () => {
    expect(segment('< . 4294967286:4(14) ack 1')).toMatchObject({ sequence: 4294967286, length: 14 })
    expect(refusal('0 < . 1:1000(1000) ack 1').message).toContain('do not add up, as 1 + 1000 = 1001')
    // The dot says ACK; without a number the field is 0, as packetdrill has it.
    expect(segment('< . 1:1(0)')).toMatchObject({ flags: 0x10, acknowledgement: 0 })
    expect(segment('< R 1:1(0) ack 7 win 0')).toMatchObject({ flags: 0x04, acknowledgement: 7 })
    expect(refusal('0 < . 1:1(0) ack 1 win 65536').message).toContain('at most 65535')
    expect(refusal('0 < S 0:0(0) <mss 1460,mptcp>').message).toContain('expected a TCP option (mss N, ')
  })

  it('have fields of the IP header in brackets', () => {
    expect(packet('> [ect0, ttl 64, tos 0xb8] . 1:1(0) ack 1').network).toEqual({
      ecn: 'ect0',
      timeToLive: 64,
      trafficClass: 0xb8,
    })
    expect(packet('< [port 40001, from 192.0.2.9, to 224.0.0.1] S 0:0(0)').network).toEqual({
      port: 40001,
      from: 0xc0000209,
      to: 0xe0000001,
    })
    expect(packet('> (hlim 3, flowlabel 0x12345) . 1:1(0) ack 1').network).toEqual({
      timeToLive: 3,
      flowLabel: 0x12345,
    })
    expect(refusal('0 < [flowlabel 0x100000] S 0:0(0)').message).toContain('"flowlabel" is at most 1048575')
    expect(refusal('0 < [from fd::1] S 0:0(0)').message).toContain('expected an address of IPv4 after "from"')
    expect(refusal('0 < [hop 3] S 0:0(0)').message).toContain('found "hop"')
  })
})

describe('other packets', () => {
  it('are UDP datagrams, by their octets', () => {
    expect(packet('> udp (1000)').transport).toEqual({ kind: 'udp', length: 1000 })
  })

  it('are ICMP messages, with what they quote behind or in front', () => {
    const fragmentationNeeded = {
      kind: 'icmp',
      family: 'ipv4',
      type: 3,
      code: 4,
      mtu: 1200,
      quotes: { kind: 'tcp', sequence: 1, length: 1000 },
    }
    expect(packet('< icmp unreachable frag_needed mtu 1200 [1:1001(1000)]').transport).toEqual(fragmentationNeeded)
    expect(packet('< [1:1001(1000)] icmp unreachable frag_needed mtu 1200').transport).toEqual(fragmentationNeeded)
    expect(packet('> icmp unreachable port_unreachable [udp (100)]').transport).toEqual({
      kind: 'icmp',
      family: 'ipv4',
      type: 3,
      code: 3,
      quotes: { kind: 'udp', length: 100 },
    })
    expect(packet('< icmp time_exceeded').transport).toEqual({ kind: 'icmp', family: 'ipv4', type: 11, code: 0 })
    expect(refusal('0 < icmp unreachable nowhere').message).toContain('unreachable has no code "nowhere"')
    expect(refusal('0 < ipv4 1.1.1.1 > 2.2.2.2: gre').message).toContain('packets in packets')
  })
})

describe('a script of IPv6', () => {
  const read = (text: string): Packet => {
    const { action: found } = sound(`--ip_version=ipv6\n0 ${text}`).statements[0]
    if (found.kind !== 'packet') throw new Error(`${text} is no packet`)
    return found
  }

  it('has the names of ICMPv6 and its numbers (RFC 4443 3)', () => {
    const numbers = (text: string) => {
      const { transport } = read(`< icmp ${text}`)
      return transport.kind === 'icmp' ? [transport.family, transport.type, transport.code, transport.mtu] : []
    }
    expect(numbers('unreachable no_route')).toEqual(['ipv6', 1, 0, undefined])
    expect(numbers('unreachable admin_prohibited')).toEqual(['ipv6', 1, 1, undefined])
    expect(numbers('unreachable address_unreachable')).toEqual(['ipv6', 1, 3, undefined])
    expect(numbers('unreachable port_unreachable')).toEqual(['ipv6', 1, 4, undefined])
    expect(numbers('packet_too_big mtu 4294967295')).toEqual(['ipv6', 2, 0, 4294967295])
    expect(numbers('time_exceeded exceeded_frag_time')).toEqual(['ipv6', 3, 1, undefined])
    expect(numbers('parameter_problem unknown_option')).toEqual(['ipv6', 4, 2, undefined])
    expect(numbers('echo_request id 7')).toEqual(['ipv6', 128, 0, undefined])
    expect(numbers('echo_reply')).toEqual(['ipv6', 129, 0, undefined])
    const of6 = (text: string) => refusal(`--ip_version=ipv6\n0 ${text}`).message
    expect(of6('< icmp unreachable frag_needed')).toContain('unreachable has no code "frag_needed"')
    expect(of6('< icmp source_quench')).toContain('there is no ICMP type "source_quench"')
    expect(refusal('0 < icmp packet_too_big').message).toContain('there is no ICMP type "packet_too_big"')
  })

  it('has addresses of IPv6 in brackets; of its link they need no zone', () => {
    const { network } = read('< [from 2001:DB8::9, to fe80::1] S 0:0(0)')
    expect([network.from, network.to].map((address) => address && formatIp(address))).toEqual([
      '2001:db8::9',
      'fe80::1%drill',
    ])
    expect(read('< [from ::ffff:192.0.2.1] udp (1)').network.from).toBe(parseIp('ipv6', '::ffff:192.0.2.1'))
    for (const wrong of ['1:2', '192.0.2.1', 'fd::1::2', ':', ''])
      expect(refusal(`--ip_version=ipv6\n0 < [from ${wrong}] S 0:0(0)`).message).toContain(
        'expected an address of IPv6 after "from", as 2001:db8::2',
      )
  })

  it('is one whose options name such an address, and no --ip_version; the command line says it last', () => {
    const familyOf = (text: string, given: { name: string; value: string }[] = []) => {
      const { script, errors } = parseScript('a.pkt', `${text}\n0 < icmp echo_reply`, undefined, given)
      const found = script.statements[0].action
      return errors.length === 0 && found.kind === 'packet' && found.transport.kind === 'icmp' && found.transport.family
    }
    expect(familyOf('')).toBe('ipv4')
    for (const option of ['local_ip=fd::1', 'remote_ip=2001:db8::1/32', 'gateway_ip=fd::2'])
      expect(familyOf(`--mtu=1500\n--${option}`)).toBe('ipv6')
    expect(familyOf('--ip_version=ipv4-mapped-ipv6\n--local_ip=192.0.2.1')).toBe('ipv4')
    expect(familyOf('--ip_version=ipv4', [{ name: 'ip_version', value: 'ipv6' }])).toBe('ipv6')
    expect(familyOf('--ip_version=ipv6', [{ name: 'ip_version', value: 'ipv4' }])).toBe('ipv4')
  })

  it('may put an address into a structure as strace prints it', () => {
    expect(
      action('0 bind(3, {sa_family=AF_INET6, sin6_port=htons(80), inet_pton(AF_INET6, "fd::1", &sin6_addr)}, 28) = 0'),
    ).toMatchObject({
      arguments: [
        {},
        {
          fields: [
            { name: 'sa_family' },
            { name: 'sin6_port' },
            { value: { name: 'inet_pton', arguments: [{}, { text: 'fd::1' }, { kind: 'name', name: '&sin6_addr' }] } },
          ],
        },
        {},
      ],
    })
  })
})

describe('the errors of calls', () => {
  it('are those of errno(3), whether this stack gives them or not', () => {
    for (const error of ['EINVAL', 'EWOULDBLOCK', 'ENOTSUP', 'E2BIG', 'ENOENT', 'EHWPOISON'])
      expect(action(`0 f() = -1 ${error} (as the system words it)`)).toMatchObject({ error })
    for (const error of ['EBOGUS', 'EINVALID', 'EAGAIN2'])
      expect(refusal(`0 g() = 0\n0 f() = -1 ${error}`).message).toBe(
        `a.pkt:2:12: there is no error ${error}: write one of errno(3), as EINVAL`,
      )
  })
})

describe('reading goes on behind what is not in the language', () => {
  const lines = (text: string) => {
    const { script, errors } = parseScript('a.pkt', text)
    return { read: script.statements.map(({ line }) => line), wrong: errors.map(({ line }) => line) }
  }

  it('with the next line that begins as a statement or an option does', () => {
    expect(lines('0 f( = 0\n0 f() = 0\n+.1 < Q 1:1(0)\n* > . 1:1(0) ack 1\n0 f() = -1 EBOGUS')).toEqual({
      read: [2, 4],
      wrong: [1, 3, 5],
    })
    expect(lines('--\n--mtu=1500\n0.1...0 f() = 0\n0.1~0.2 f() = 0')).toEqual({ read: [4], wrong: [1, 3] })
  })

  it('and not in the middle of a call, a comment, a text or code', () => {
    expect(lines('0 f(1,\n  2,\n  ?,\n  16) = 0\n0 f() = 0')).toEqual({ read: [5], wrong: [3] })
    expect(lines('0 f(?)\n/* 0 g(\n0 g(\n*/\n// 0 g(\n# 0 g(\n0 f() = 0')).toEqual({ read: [7], wrong: [1] })
    expect(lines('0 f(?)\n/*\n0 g(? \n 0 f() = 0')).toEqual({ read: [], wrong: [1] })
    expect(lines('0 f(?) %{\n0 g(\n}%\n0 f("a\n0 f("// 0 g(") = 0\n`b`')).toEqual({ read: [5, 6], wrong: [1, 6] })
  })

  it('in brackets that a failure left open, however many statements fail in a row', () => {
    const { errors } = parseScript('a.pkt', '0 f([[[[[ = 0\n'.repeat(100))
    expect(errors.map(({ line }) => line)).toEqual(Array.from({ length: 100 }, (_, line) => line + 1))
    expect(errors.every(({ message }) => !message.includes('brackets'))).toBe(true)
  })

  it('in a time that grows with the text, whatever it is made of', () => {
    const cost = (piece: string, times: number) => {
      const text = `0 ?\n${piece.repeat(times)}`
      const begin = process.cpuUsage()
      parseScript('a.pkt', text)
      const { user } = process.cpuUsage(begin)
      return user
    }
    for (const piece of ['%{', '"', '/*', '0 ?\n', ' ', '0.', '"\n', '}% %{', '+ ']) {
      cost(piece, 1000)
      // A quarter of a million take less than a second; in the square of it they would take minutes.
      expect(cost(piece, 250_000), JSON.stringify(piece)).toBeLessThan(5_000_000)
    }
  })
})

describe('commands and code', () => {
  it('are kept as they are, with a time or without', () => {
    const [before, code, after] = statements(
      '`sysctl -q net.ipv4.tcp_sack=0`\n+0 %{\nassert tcpi_unacked == 0\n}%\n`restore.sh`',
    )
    expect(before.action).toEqual({ kind: 'command', command: 'sysctl -q net.ipv4.tcp_sack=0', at: 1 })
    expect(code.action).toEqual({ kind: 'code', code: '\nassert tcpi_unacked == 0\n' })
    expect(after).toMatchObject({ line: 5, time: { kind: 'relative', at: 0 } })
  })
})
