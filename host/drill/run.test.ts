import { describe, expect, it } from 'vitest'
import { printAnyFrame } from '../../firmware/net/wire/print/ipv6.js'
import { EN } from '../text/en.js'
import { say } from '../text/say.js'
import { type DrillReport, drill } from './drill.js'
import { drillDocument, reportText, totals, totalsText } from './report.js'
import type { DrillOptions } from './run.js'

const LISTENING = `
0   socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0  bind(3, ..., ...) = 0
+0  listen(3, 1) = 0
`
const ACCEPTED = `${LISTENING}
+0  < S 0:0(0) win 32000 <mss 1000>
+0  > S. 0:0(0) ack 1 <mss 1460>
+.1 < . 1:1(0) ack 1 win 32000
+0  accept(3, ..., ...) = 4
`

function report(text: string, options: DrillOptions = {}): DrillReport {
  return drill('a.pkt', text, options)
}

/** Why a script fails. */
function failure(text: string, options: DrillOptions = {}): string {
  const { verdict, result, problems } = report(text, options)
  expect(problems).toEqual([])
  expect(verdict).toBe('fail')
  return result?.failure?.message ?? ''
}

/** Remarks on a script that runs. */
function notes(text: string, options: DrillOptions = {}): string[] {
  return (report(text, options).result?.notes ?? []).map((note) => say(EN, note))
}

function problems(text: string, options: DrillOptions = {}): string[] {
  const { verdict, problems: found } = report(text, options)
  expect(verdict).toBe('not run')
  return found.map(({ line, column, sentence }) => `${line}:${column}: ${say(EN, sentence)}`)
}

describe('the numbers of a conversation', () => {
  const data = (from: number) => `+.1 < P. ${from}:${from + 10}(10) ack 1 win 32000\n+0 read(4, ..., 100) = 10`

  it('are settled by the SYN that opens it: another one into the live connection moves nothing', () => {
    for (const [sequence, answer] of [
      [5000, '. 1:1(0) ack 1'],
      [900_000_000, '. 1:1(0) ack 1'],
    ] as const) {
      const found = report(`${ACCEPTED}\n+.1 < S ${sequence}:${sequence}(0) win 2000\n+0 > ${answer}\n${data(1)}`)
      expect(found.verdict, reportText(found, false)).toBe('pass')
    }
  })

  it('are not moved by one that comes before the connection is open, either', () => {
    const opening = `${LISTENING}\n+0 < S 0:0(0) win 32000 <mss 1000>\n+0 > S. 0:0(0) ack 1 <mss 1460>`
    const found = report(
      `${opening}\n+0 < S 900000000:900000000(0) win 9\n+0 > . 1:1(0) ack 1\n+.1 < . 1:1(0) ack 1 win 32000\n+0 accept(3, ..., ...) = 4\n${data(1)}`,
    )
    expect(found.verdict, reportText(found, false)).toBe('pass')
  })

  it('are settled anew when the same ends meet again', () => {
    const again = '+0 < S 7000:7000(0) win 32000 <mss 1000>\n+0 > S. 0:0(0) ack 7001 <mss 1460>'
    const found = report(
      `${LISTENING}\n+0 < S 0:0(0) win 32000 <mss 1000>\n+0 > S. 0:0(0) ack 1 <mss 1460>\n+.1 < R. 1:1(0) ack 1 win 0\n${again}\n+.1 < . 7001:7001(0) ack 1 win 32000\n+0 accept(3, ..., ...) = 4\n${data(7001)}`,
    )
    expect(found.verdict, reportText(found, false)).toBe('pass')
  })
})

describe('a script that fails', () => {
  it('names the line, what was expected, what was sent, and what led there', () => {
    const found = report(`${ACCEPTED}\n+0 write(4, ..., 100) = 100\n+0 > . 1:201(200) ack 2 win 7 <nop>`)
    expect(found.result?.failure).toEqual({
      line: 12,
      column: 1,
      statement: '+0 > . 1:201(200) ack 2 win 7 <nop>',
      message: 'only 100 octets of it were sent by 0.104000',
      expected: '. 1:201(200) ack 2 win 7 <nop>',
      actual: 'P. 1:101(100) ack 1 win 65535',
    })
    const other = report(`${ACCEPTED}\n+0 write(4, ..., 100) = 100\n+0 > . 1:101(100) ack 2 win 7 <nop>`)
    expect(other.result?.failure).toEqual({
      line: 12,
      column: 1,
      statement: '+0 > . 1:101(100) ack 2 win 7 <nop>',
      message:
        'the stack sent another packet at 0.100000: its flags are P., not .; its ack is 1, not 2; its win is 65535, not 7; its options are <>, not <nop>',
      expected: '. 1:101(100) ack 2 win 7 <nop>',
      actual: 'P. 1:101(100) ack 1 win 65535',
    })
    const text = reportText(other, false)
    expect(text).toContain('FAIL     a.pkt:12:1: the stack sent another packet')
    expect(text).toContain('0.000000  the peer sends S 0:0(0) win 32000 <mss 1000>')
    expect(text).toContain('0.100000  the connection goes from SYN-RECEIVED to ESTABLISHED')
    expect(text).toContain('0.100000  write(4, ..., 100) returns 100')
  })

  it('by a packet too early, too late, or not at all', () => {
    expect(failure(`${LISTENING}\n+0 < S 0:0(0) win 9 <mss 9>\n+.1 > S. 0:0(0) ack 1 <...>`)).toBe(
      'it was sent at 0.000000, and expected at 0.100000',
    )
    expect(
      failure(`${LISTENING}\n+0 < S 0:0(0) win 9 <mss 9>\n+0~+.1 > S. 0:0(0) ack 1 <...>\n+.2 > S. 0:0(0) ack 1 <...>`),
    ).toBe('nothing was sent by 0.204000')
    expect(failure(`${LISTENING}\n* > S. 0:0(0) ack 1 <...>`)).toBe('nothing was sent by 3600.000000')
  })

  it('by what a call returns, or by when', () => {
    expect(failure(`${LISTENING}\n+0 close(3) = -1 EBADF`)).toBe('close() returned 0, not -1 EBADF')
    expect(failure(`${LISTENING}\n+0 close(7) = 0`)).toBe('close() returned -1 EBADF, not 0')
    expect(failure(`${LISTENING}\n+0 listen(3, 1) = -1 EINVAL\n`)).toContain('listen() returned')
    expect(failure(`${LISTENING}\n+0 accept(3, ..., ...) = 4`)).toContain(
      'accept() blocks: say when it returns (0.1...0.2 accept(…))',
    )
    expect(failure(`${LISTENING}\n+0...0.5 accept(3, ..., ...) = 4`)).toBe('accept() still blocks at 0.504000')
    expect(
      failure(
        `${LISTENING}\n+0...0.5 accept(3, ..., ...) = 4\n+0 < S 0:0(0) win 9 <mss 9>\n+0 > S. 0:0(0) ack 1 <...>\n+.1 < . 1:1(0) ack 1 win 9`,
      ),
    ).toBe('accept() returned at 0.100000, and was to return at 0.500000')
    expect(failure(`${LISTENING}\n+0 getsockopt(3, SOL_SOCKET, SO_RCVBUF, [1], [4]) = 0`)).toContain('SO_RCVBUF is')
    expect(failure(`${ACCEPTED}\n+0 poll([{fd=4, events=POLLIN|POLLOUT, revents=POLLIN}], 1, 0) = 1`)).toBe(
      'poll(): the revents of 4 are POLLOUT, not POLLIN',
    )
  })

  it('by an assertion, with the values that it asked for', () => {
    expect(failure(`${ACCEPTED}\n+0 %{ assert tcpi_state == TCP_CLOSE_WAIT and tcpi_snd_mss == 9 }%`)).toBe(
      'assert tcpi_state == TCP_CLOSE_WAIT and tcpi_snd_mss == 9 does not hold: tcpi_state is 1 (ESTABLISHED), tcpi_snd_mss is 1000',
    )
  })

  it('by a packet that no line expects, where it is to be strict', () => {
    const script = `${ACCEPTED}\n+0 < P. 1:11(10) ack 1 win 9\n+1 %{ assert tcpi_unacked == 0 }%`
    expect(report(script).verdict).toBe('pass')
    expect(report(script).result?.surplus).toEqual(['0.200000 . 1:1(0) ack 11 win 65525'])
    expect(failure(script, { strict: true })).toBe(
      'the script ends, and no line expects what the stack sent at 0.200000',
    )
  })

  it('by data that are not those of the stream', () => {
    expect(failure(`${ACCEPTED}\n+0 < P. 1:4(3) ack 1 win 9\n+0 read(4, "xyz", 3) = 3`)).toContain('the data is ')
  })
})

describe('a script that passes', () => {
  it('may be off by its tolerance, and no more', () => {
    const script = (tolerance: string) =>
      `${tolerance}${LISTENING}\n+0 < S 0:0(0) win 9 <mss 9>\n+.003 > S. 0:0(0) ack 1 <...>`
    expect(report(script('')).verdict).toBe('pass')
    expect(report(script('--tolerance_usecs=2000\n')).verdict).toBe('fail')
  })

  it('may be off by a part of the time since what was before, where it says so: an eighth for scripts of Linux', () => {
    const late = (options: string) => `${options}${ACCEPTED}\n+0 < P. 1:11(10) ack 1 win 9\n+.105 > . 1:1(0) ack 11\n`
    expect(report(late('')).verdict).toBe('fail')
    expect(report(late('--tolerance_percent=4\n')).verdict).toBe('fail')
    expect(report(late('--tolerance_percent=5\n')).verdict).toBe('pass')
    const linux = late('').replace('+.105', '+.045')
    expect(report(linux, { like: 'linux' }).result?.failure?.message).toContain('it was sent at 0.100000')
    expect(report(linux, { like: 'freebsd' }).verdict).toBe('fail')
    const slow = `${ACCEPTED}\n+.1 write(4, ..., 10) = 10\n+0 > P. 1:11(10) ack 1\n+.28 > P. 1:11(10) ack 1`
    expect(report(slow).verdict).toBe('fail')
    expect(report(slow, { like: 'linux' }).verdict).toBe('pass')
  })

  it('has words that stand for others, from the command line or its own options', () => {
    const script =
      '0 socket(DOMAIN, SOCK_STREAM, IPPROTO_TCP) = 3\n+0 setsockopt(3, SOL_TCP, TCP_CONGESTION, CC, 4) = 0'
    const definitions = new Map([
      ['DOMAIN', 'AF_INET'],
      ['CC', '"reno"'],
    ])
    expect(report(script, { definitions }).verdict).toBe('pass')
    expect(report(`--define=DOMAIN=AF_INET\n--define=CC="cubic"\n${script}`).verdict).toBe('pass')
    expect(problems(script)).toEqual([
      expect.stringContaining('1:10: the constant DOMAIN (the domain) is not supported'),
      expect.stringContaining('2:43: this congestion control is not supported'),
    ])
    expect(problems('--define=X=(\n0 f(X) = 0')).toEqual([expect.stringContaining('1:2: expected a value')])
  })

  it('counts relative times from when the statement before was due', () => {
    const script = `${LISTENING}\n+.1 < S 0:0(0) win 9 <mss 9>\n+0~+.3 > S. 0:0(0) ack 1 <...>\n+.05 %{ print(1) }%`
    expect(notes(script)).toEqual(['0.150000 print(1): 1'])
  })

  it('gives the same story each time', () => {
    const once = report(ACCEPTED).result
    expect(report(ACCEPTED).result).toEqual(once)
    expect(once?.story.length).toBeGreaterThan(5)
  })

  it('opens a new conversation for a SYN after the last one is over', () => {
    const again = `
+0 < S 0:0(0) win 32000 <mss 1000>
+0 > S. 0:0(0) ack 1 <mss 1460>
+0 < R 1:1(0) win 0
`
    expect(report(`${LISTENING}${again}${again}`, { strict: true }).verdict).toBe('pass')
  })

  it('hands every frame to a capture', () => {
    const frames: string[] = []
    report(ACCEPTED, { onFrame: (at, direction, frame) => frames.push(`${at} ${direction} ${frame[12]}.${frame[13]}`) })
    expect(frames.filter((line) => line.endsWith('8.0'))).toEqual([
      '0 inbound 8.0',
      '0 outbound 8.0',
      '100000000 inbound 8.0',
    ])
  })
})

describe('a script that is not run', () => {
  it('has every unsupported statement named with its line and what to do, and runs none of it', () => {
    expect(
      problems(
        [
          '--wire_server_ip=1.2.3.4',
          '`sysctl -q net.ipv4.tcp_ecn=9\n ip rule add default`',
          '0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3',
          '0 select(1, ...) = 5',
          '0 setsockopt(3, SOL_TCP, TCP_FASTOPEN, [1], 4) = 0',
          '0 send(3, ..., 10, MSG_FASTOPEN) = 10',
          '0 %{ assert tcpi_moon == 1 }%',
          '0 %{ import os }%',
          '0 socket(AF_UNSPEC, SOCK_STREAM, IPPROTO_TCP) = 4',
          '0 frobnicate() = 0',
          '0 fcntl(3, F_DUPFD, 1) = 4',
          '`sysctl -q net.ipv4.tcp_challenge_ack_limit=9`',
          '0 < R 1:1(0)',
        ].join('\n'),
      ),
    ).toEqual([
      expect.stringContaining('1:1: the option --wire_server_ip is not supported; supported are --tolerance_usecs'),
      expect.stringContaining('2:2: net.ipv4.tcp_ecn=9 is not supported: here it is '),
      expect.stringContaining('3:2: `ip rule add default`: commands are not run; understood are sysctl, '),
      '5:1: select() is not supported: use poll()',
      '6:26: the socket option TCP_FASTOPEN at SOL_TCP is not supported: docs/sockets.md has those that are',
      '7:20: MSG_FASTOPEN is not supported as a flag of send; supported are MSG_DONTWAIT, MSG_NOSIGNAL, MSG_MORE, MSG_OOB',
      expect.stringContaining('8:1: tcpi_moon is not among the variables that code has here'),
      '9:1: "import os" is more Python than is understood here: only assert, print and assignments are',
      '10:10: sockets of this address family are not supported: AF_INET and AF_INET6 are',
      expect.stringContaining('11:1: frobnicate() is not supported: the calls are socket, bind, listen'),
      '12:12: fcntl() does F_GETFL and F_SETFL only',
      expect.stringContaining('13:2: net.ipv4.tcp_challenge_ack_limit is taken when the stack is made: set it before'),
    ])
  })

  it('has what is not in the language and what is not supported named together, in the order of its lines', () => {
    const script = '--nothing=1\n0 select(1) = 5\n0 f(\n0 frobnicate() = 0\n0 close(3) = -1 EBOGUS\n0 %{ import os }%'
    expect(report(script).problems.map(({ line, unsupported }) => [line, unsupported])).toEqual([
      [1, true],
      [2, true],
      [4, true],
      [4, false],
      [5, false],
      [6, true],
    ])
  })

  it('is told where it is not in the language, or only turns out to be wrong as it runs', () => {
    expect(problems('0 < S 0:0(0)\n0 listen(3, 1)')).toEqual([expect.stringContaining('2:15: expected "="')])
    expect(problems('0.2 < R 1:1(0)\n0.1 < R 1:1(0)')).toEqual([
      expect.stringContaining(
        '2:1: "0.1 < R 1:1(0)" is due at 0.100000, before the statement above it (0.200000): write',
      ),
    ])
    expect(problems('0 < icmp unreachable')).toEqual([
      expect.stringContaining('1:1: this message quotes what the stack sent last'),
    ])
    expect(problems('0 socket(..., SOCK_STREAM, 0) = 3\n0 socket(..., SOCK_STREAM, 0) = 3')).toEqual([
      '2:1: descriptor 3 is open already: give another number',
    ])
  })
})

describe('sysctls of a script', () => {
  it('that the stack has as well are set', () => {
    const script = (command: string) =>
      `${command}\n0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n+0 fcntl(3, F_SETFL, O_NONBLOCK) = 0\n+0 connect(3, ..., ...) = -1 EINPROGRESS`
    const syn = (command: string, options: string) => {
      const { verdict, result } = report(`${script(command)}\n+0 > S 0:0(0) ${options}`)
      expect(verdict, result?.failure?.actual).toBe('pass')
    }
    syn('', '<mss 1460,sackOK,TS val 0 ecr 0,nop,wscale 8>')
    syn('`sysctl -q net.ipv4.tcp_timestamps=0`', '<mss 1460,nop,nop,sackOK,nop,wscale 8>')
    syn('`sysctl -q -w net.ipv4.tcp_sack=0 net.ipv4.tcp_window_scaling=0`', '<mss 1460,nop,nop,TS val 0 ecr 0>')
    syn(
      '`../common/defaults.sh\n ../../common/set_sysctls.py /proc/sys/net/ipv4/tcp_rmem="4096 60000 60000" \\\n /proc/sys/net/ipv4/tcp_timestamps=0`',
      '<mss 1460,nop,nop,sackOK,nop,wscale 0>',
    )
    syn('--mtu=576\n', '<mss 536,sackOK,TS val 0 ecr 0,nop,wscale 8>')
  })

  it('that say nothing here are noted, never passed over in silence', () => {
    expect(notes('`../common/defaults.sh`\n0 < R 1:1(0)')).toEqual([
      expect.stringContaining('`../common/defaults.sh` sets what scripts take for granted of Linux'),
    ])
    expect(notes('`sysctl -q net.ipv4.tcp_rfc1337=1`\n0 < R 1:1(0)')).toEqual([
      'net.ipv4.tcp_rfc1337=1 is how this stack is',
    ])
    expect(notes('`sysctl -e -q net.core.somaxconn=9`\n0 < R 1:1(0)')).toEqual([
      'net.core.somaxconn=9 is not known here, and sets nothing: if the script fails, it may be about this',
    ])
    expect(notes('0 < R 1:1(0)\n`sysctl net.ipv4.tcp_rfc1337=0`')).toEqual([
      '`sysctl net.ipv4.tcp_rfc1337=0` tidies up behind the last statement; there is nothing to tidy',
    ])
  })

  it('that are known and cannot be had are refused, or noted where that is asked for', () => {
    const script = '`sysctl -q net.ipv4.tcp_rfc1337=0`\n0 < R 1:1(0)'
    expect(problems(script)).toEqual([
      '1:2: net.ipv4.tcp_rfc1337=0 is not supported: here it is 1 (--ignore-sysctl runs the script all the same)',
    ])
    expect(report(script, { ignoreSysctl: true })).toMatchObject({ verdict: 'pass' })
    expect(notes(script, { ignoreSysctl: true })).toEqual(['net.ipv4.tcp_rfc1337=0 cannot be set here, and is ignored'])
  })
})

describe('the report of several scripts', () => {
  const reports = [report(ACCEPTED), report('0 nothing() = 0'), report(`${LISTENING}\n+0 close(9) = 0`)]

  it('has a line for each, and a total', () => {
    expect(reportText(reports[0], false)).toBe('pass     a.pkt  7 statements, 0.100 s of virtual time\n')
    expect(reportText(reports[1], false)).toMatch(
      /^not run {2}a\.pkt\n {6}a\.pkt:1:1: not supported: nothing\(\) is not supported/,
    )
    expect(totalsText(totals(reports))).toBe('3 scripts: 1 passed, 1 failed, 1 not run\n')
    expect(reportText(reports[0], true)).toContain('accept(3, ..., ...) returns 4')
  })

  it('is one document for programs', () => {
    expect(drillDocument(reports, false)).toMatchObject({
      total: 3,
      passed: 1,
      failed: 1,
      notRun: 1,
      scripts: [
        { file: 'a.pkt', verdict: 'pass' },
        { verdict: 'not run', problems: [{ line: 1, unsupported: true }] },
        { verdict: 'fail', failure: { line: 6, message: 'close() returned -1 EBADF, not 0' } },
      ],
    })
  })
})

describe('the family of a script', () => {
  const listening = `0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n+0 bind(3, ..., ...) = 0\n+0 listen(3, 1) = 0\n`

  it('is said by --ip_version, and else by its addresses; they are of one family', () => {
    expect(problems(`--ip_version=ipv5\n${listening}`)).toEqual([
      '1:1: --ip_version takes one of ipv4, ipv6, ipv4-mapped-ipv6, not "ipv5"',
    ])
    const wrong = (option: string, family: string, as: string) => {
      const [, name, value] = /^(\w+)=(.*)$/.exec(option) ?? []
      return `2:1: --${name} takes the ${family} address of a station, as ${as}, not "${value}" (--ip_version says which family)`
    }
    const first = '--local_ip=fd::1\n'
    for (const option of [
      'gateway_ip=10.0.0.1',
      'gateway_ip=::',
      'gateway_ip=ff02::1',
      'remote_ip=::1',
      'remote_ip=fd::3/129',
    ])
      expect(problems(`${first}--${option}\n${listening}`)).toEqual([wrong(option, 'IPv6', '2001:db8::2')])
    expect(problems(`--ip_version=ipv4-mapped-ipv6\n--local_ip=fd::1\n${listening}`)).toEqual([
      wrong('local_ip=fd::1', 'IPv4', '192.168.7.2'),
    ])
    // RFC 1122 3.2.1.3: an address that no station has.
    expect(problems(`--mtu=1500\n--local_ip=224.0.0.1\n${listening}`)).toEqual([
      wrong('local_ip=224.0.0.1', 'IPv4', '192.168.7.2'),
    ])
  })

  it('has a mask as long as it is said, and an MTU that a link of it may have', () => {
    const six = '--ip_version=ipv6\n'
    expect(problems(`${six}--netmask_ip=ffff:0:ffff::\n${listening}`)).toEqual([
      '2:1: --netmask_ip takes a network mask of IPv6 as ffff:ffff:ffff::, not "ffff:0:ffff::"',
    ])
    expect(notes(`${six}--netmask_ip=255.255.0.0\n${listening}`)).toEqual([
      '--netmask_ip=255.255.0.0 says nothing to IPv6, whose prefix length is 48',
    ])
    // RFC 8200 5.
    expect(problems(`${six}--mtu=1279\n${listening}`)).toEqual([
      '2:1: --mtu takes a number from 1280 to 65535, not "1279"',
    ])
    expect(problems(`${six}\`ip -6 route change fd::3 mtu lock 1279\`\n${listening}`)).toEqual([
      expect.stringContaining('2:2: "mtu 1279" of a route is not supported'),
    ])
    expect(report(`${six}--mtu=1280\n${listening}`).verdict).toBe('pass')
  })

  it('shows in ends, and in flow labels, where they are not as the script has them', () => {
    const six = `--ip_version=ipv6\n${listening}+0 < S 0:0(0) win 100\n`
    const accepted = '+.1 < . 1:1(0) ack 1 win 100\n'
    const sockaddr = '{sa_family=AF_INET6, sin6_port=htons(40000), sin6_addr=inet6_addr("2001:db8::2")}'
    expect(failure(`${six}+0 > S. 0:0(0) ack 1 <...>\n${accepted}+0 accept(3, ${sockaddr}, ...) = 4`)).toBe(
      'accept(): the peer is [2001:db8::1]:40000',
    )
    const labels = (first: string, second: string) =>
      `${six}+0 > [flowlabel ${first}] S. 0:0(0) ack 1 <...>\n+.1 < F. 1:1(0) ack 1 win 100\n+0 > [flowlabel ${second}] . 1:1(0) ack 2`
    expect(report(labels('0x1', '0x1')).verdict).toBe('pass')
    expect(report(labels('0x0', '0x2')).verdict).toBe('pass')
    expect(failure(labels('0x1', '0x2'))).toMatch(/: its flow label is the same as before$/)
    expect(failure(`--ip_version=ipv4\n${labels('0x1', '0x1').slice(18)}`)).toMatch(/: it has no flow label/)
    expect(failure(`--ip_version=ipv6\n${listening}+0 getsockname(3, ..., [16]) = 0`)).toBe(
      'getsockname(): the address has 28 octets, not 16',
    )
  })

  it('has its neighbours and listeners unheard: a script of hours has not one packet more', () => {
    const found = report(`--ip_version=ipv6\n${listening}+7200 < S 0:0(0) win 100\n+0 > S. 0:0(0) ack 1 <...>`, {
      strict: true,
    })
    expect(found.verdict, reportText(found, true)).toBe('pass')
    expect(
      found.result?.story.map(({ text }) => text).filter((text) => text.startsWith('the stack sends')),
    ).toHaveLength(1)
    const frames: string[] = []
    const six = `--ip_version=ipv6\n${listening}+0 < S 0:0(0) win 100\n+0 > S. 0:0(0) ack 1 <...>`
    report(six, { onFrame: (at, direction, frame) => frames.push(`${at} ${direction} ${printAnyFrame(frame)}`) })
    // A SYN, the question for the gateway, its answer, and the SYN-ACK, all at the script's own time.
    expect(frames.map((frame) => frame.replace(/(Flags \[\w*\.?\]).*|, length.*/, '$1'))).toEqual([
      '0 inbound IP6 2001:db8::1.40000 > fd3d:fa7b:d17d::1.8080: Flags [S]',
      expect.stringMatching(/^0 outbound IP6 fd3d:fa7b:d17d::1 > ff02::1:ff00:1: ICMP6, neighbor solicitation/),
      expect.stringMatching(/^0 inbound IP6 fd3d:fa7b:d17d:8888::1 > fd3d:fa7b:d17d::1: ICMP6, neighbor advertisement/),
      '0 outbound IP6 fd3d:fa7b:d17d::1.8080 > 2001:db8::1.40000: Flags [S.]',
    ])
  })
})
