/** Why `linkpulse drill` does not run a script, each with what to do; and its remarks on what it took and what did nothing. */
import { counted } from './counted.js'

type Found = { readonly found: string }
type Named = { readonly name: string }
type What = { readonly what: string }
type Text = { readonly text: string }
type NameAndValue = { readonly name: string; readonly value: string }
type Known = { readonly known: readonly string[] }
/** The name of an address family, and how an address of it is written. */
type OfFamily = { readonly family: string; readonly as: string }

export const DRILL_ERRORS = {
  // What comes next, and where something is missing
  'pkt.script-ends': 'the script ends here',
  'pkt.found': ({ next }: { readonly next: string }) => `found "${next}"`,
  'pkt.expected-token': ({ token, where, found }: { readonly token: string; readonly where: string } & Found) =>
    `expected "${token}" ${where}, but ${found}`,
  'pkt.where.call-name': ({ name }: Named) => `after the name of a call (${name})`,
  'pkt.where.result': ({ name }: Named) => `and what ${name}() returns`,
  'pkt.where.comma-value': 'or a comma after a value',
  'pkt.where.comma-field': 'or a comma after a field',
  'pkt.where.comma-option': 'or a comma after a TCP option',
  'pkt.where.parenthesis': 'after a value in parentheses',
  'pkt.where.brackets': 'at the end of what stands in brackets',
  'pkt.where.any-options': 'after "<..."',
  'pkt.where.ts': 'after TS',
  'pkt.where.ts-val': "after TS's val",
  'pkt.where.quoted': 'after what is quoted',
  'pkt.where.before': ({ what }: What) => `before ${what}`,
  'pkt.where.after': ({ what }: What) => `after ${what}`,

  // Statements
  'pkt.empty': 'there is no statement in it: it checks nothing; docs/drill.md has the language',
  'pkt.comment-open': 'a comment begins here that does not end: close it with */',
  'pkt.too-deep': ({ most }: { readonly most: number }) =>
    `brackets in brackets, deeper than ${most}: take out what is too many`,
  'pkt.expected-option': ({ found }: Found) => `expected an option as --tolerance_usecs=4000, but ${found}`,
  'pkt.option-value': ({ name }: Named) => `--${name}= needs a value`,
  'pkt.define-form': ({ name }: Named) =>
    `--${name}= needs a name and what it stands for, as --${name}=COOKIE=a1b2c3d4`,
  'pkt.two-times': 'only a call takes two times (0.1...0.2 for one that blocks)',
  'pkt.returns-before': 'this call returns before it is made: the second time is the later one',
  'pkt.expected-time': ({ found }: Found) =>
    `expected when the statement is due (0.100, +0.1, 0.1~0.2 or *), but ${found}`,
  'pkt.range-mixed': 'both times of a range are since the same: write 0.1~0.2 or +0.1~+0.2',
  'pkt.expected-range-end': ({ found }: Found) => `expected the end of the range after "~", but ${found}`,
  'pkt.range-backwards': 'this range ends before it begins: write the earlier time first',
  'pkt.expected-return-time': ({ found }: Found) => `expected when the call returns after "...", but ${found}`,
  'pkt.expected-action': ({ found }: Found) =>
    `expected < or > and a packet, a call, a \`command\` or %{ code }%, but ${found}`,
  'pkt.no-such-error': ({ error }: { readonly error: string }) =>
    `there is no error ${error}: write one of errno(3), as EINVAL`,
  'pkt.due-before': ({ text, due, above }: Text & { readonly due: string; readonly above: string }) =>
    `"${text}" is due at ${due}, before the statement above it (${above}): write a later time, or one since the statement before (+0.1)`,

  // Values
  'pkt.expected-value': ({ found }: Found) =>
    `expected a value (a number, a name, "text", [list], {structure} or ...), but ${found}`,
  'pkt.field-form': "a field is written name=value, or name(count)=value as msghdr's",

  // Packets
  'pkt.expected-number': ({ what, found }: What & Found) => `expected a number after "${what}", but ${found}`,
  'pkt.number-too-large': ({ what, largest, text }: What & { readonly largest: number } & Text) =>
    `"${what}" is at most ${largest}, not ${text}`,
  'pkt.expected-sequence': ({ found }: Found) =>
    `expected sequence numbers as 1:1001(1000) (first, one after the last, octets of data), but ${found}`,
  'pkt.sequence-bits': ({ text }: Text) => `${text}: a sequence number has 32 bits, and is at most 4294967295`,
  'pkt.datagram-length': ({ text }: Text) => `${text}: an IP datagram has at most 65535 octets`,
  'pkt.sequence-sum': ({
    text,
    sequence,
    length,
    sum,
  }: Text & { readonly sequence: number; readonly length: number; readonly sum: number }) =>
    `${text}: the numbers do not add up, as ${sequence} + ${length} = ${sum}`,
  'pkt.expected-count': ({ what, found }: What & Found) => `expected how many are ${what}, but ${found}`,
  'pkt.hexadecimal': ({ text }: Text) => `"${text}" is no row of octets: write two hexadecimal digits for each`,
  'pkt.only-icmp-quotes': 'only icmp quotes a segment: write [1:1001(1000)] after or before "icmp …"',
  'pkt.packets-in-packets': ({ word }: { readonly word: string }) =>
    `packets in packets (${word} …) are not supported: write the inner packet alone`,
  'pkt.other-transport': ({ word }: { readonly word: string }) =>
    `${word} is not supported: packets are TCP, UDP (udp) and ICMP (icmp)`,
  'pkt.mutations':
    'a segment is not mutated here ({ mut … }): write the options as they are to be, with raw HEX where they are wrong',
  'pkt.expected-network-field': ({ ecn, found }: { readonly ecn: readonly string[] } & Found) =>
    `expected ${ecn.join(', ')}, tos N, ttl N (or hlim N), flowlabel N, port N, from ADDRESS or to ADDRESS in brackets, but ${found}`,
  'pkt.expected-flags': ({ found }: Found) =>
    `expected the flags of a segment (letters of FSRPUEWA, a dot for ACK, - for none), icmp or udp, but ${found}`,
  'pkt.no-such-option': ({ found }: Found) =>
    `expected a TCP option (mss N, wscale N, sackOK, sack A:B, TS val N ecr N, FO COOKIE, FOEXP COOKIE, md5 HEX, ECN e0b N ceb N e1b N, nop, eol, unknown KIND HEX or raw HEX), but ${found}`,
  'pkt.expected-blocks': ({ found }: Found) => `expected blocks after sack, as 1001:2001, but ${found}`,
  'pkt.ecn-counters': 'the counters of ECN stand in one of two orders: e0b ceb e1b, or e1b ceb e0b',
  'pkt.no-such-type': ({ type, types }: { readonly type: string; readonly types: readonly string[] }) =>
    `there is no ICMP type "${type}": it is type_N or one of ${types.join(', ')}`,
  'pkt.no-such-code': ({
    type,
    code,
    codes,
  }: {
    readonly type: string
    readonly code: string
    readonly codes: readonly string[]
  }) => `${type} has no code "${code}": it is ${['code_N', ...codes].join(', ')}`,
  'pkt.expected-quoted': ({ found }: Found) =>
    `expected what is quoted, as [1:1001(1000)], [udp (1000)] or [raw (100)], but ${found}`,
  'pkt.expected-address': ({ what, family, as }: What & OfFamily) =>
    `expected an address of ${family} after "${what}", as ${as}`,
  'pkt.quotes-nothing':
    'this message quotes what the stack sent last, and it has sent nothing to the peer: say what it quotes, as [1:1001(1000)]',
  'pkt.raw-too-short': ({ least }: { readonly least: number }) =>
    `an ICMP message has ${counted(least, 'octet')} at least`,
  'pkt.any-injected':
    'three dots stand for a number of a segment that is expected: one that is sent needs the number itself',
  'pkt.datagram-too-long': ({ octets }: { readonly octets: number }) =>
    `an IP datagram has at most 65535 octets; this one has ${octets}: send less`,
  'pkt.options-too-long': ({ octets }: { readonly octets: number }) =>
    `a segment has room for 40 octets of options; these have ${octets}: leave some out`,
  'pkt.cannot-send': ({ what }: What) => `a script does not send ${what}`,

  // Calls
  'pkt.call': ({ name, known }: Named & Known) => `${name}() is not supported: the calls are ${known.join(', ')}`,
  'pkt.call-instead': ({ name, use }: Named & { readonly use: string }) => `${name}() is not supported: use ${use}`,
  'pkt.too-few-arguments': ({ name, given, least }: Named & { readonly given: number; readonly least: number }) =>
    `${name}() has ${counted(given, 'argument')} here, and takes ${least} or more`,
  'pkt.returns-number': ({ name }: Named) => `${name}() is to return a number, which later calls can use`,
  'pkt.descriptor-open': ({ number }: { readonly number: number }) =>
    `descriptor ${number} is open already: give another number`,
  'pkt.constant': ({ name, what }: Named & What) => `the constant ${name} (${what}) is not supported: write its number`,
  'pkt.call-as-value': ({ name, what }: Named & What) => `${name}() as ${what} is not supported: write the number`,
  'pkt.not-a-number': ({ what }: What) => `${what} is to be a number or a constant`,
  'pkt.length': ({ longest, count }: { readonly longest: number; readonly count: number }) =>
    `a length is at most ${longest} here, and not negative: ${count} is not`,
  'pkt.this-value': 'this value',
  'pkt.flag': ({ name, what, known }: Named & What & Known) =>
    `${name} is not supported as ${what}; supported are ${known.join(', ')}`,
  'pkt.address-form': ({ what }: What) => `${what} is to be a {sa_family=AF_INET, …} or ...`,
  'pkt.family': 'this address family is not supported: AF_INET and AF_INET6 are',
  'pkt.address-field': ({ name }: Named) =>
    `the field ${name} of a socket address is not supported: it has sa_family, sin_port and sin_addr; of IPv6 also sin6_port, sin6_addr, sin6_flowinfo and sin6_scope_id`,
  'pkt.not-an-address': ({ text, family, as }: Text & OfFamily) =>
    `"${text}" is no address of ${family}: write one as ${as}`,
  'pkt.inet-addr-form':
    'an address is written inet_addr("192.0.2.1"), inet6_addr("fd::1"), or inet_pton(AF_INET6, "fd::1", &sin6_addr)',
  'pkt.stack-address': ({ address }: { readonly address: string }) =>
    `the stack under test shows an address of another family than its socket's: "${address}"`,
  'pkt.iovec-form': 'an iovec is written [{..., 1000}]',
  'pkt.iovec-empty': 'an iovec has at least one part',
  'pkt.socket-family': 'sockets of this address family are not supported: AF_INET and AF_INET6 are',
  'pkt.socket-type': ({ types }: { readonly types: readonly string[] }) => `a socket is one of ${types.join(', ')}`,
  'pkt.protocol': ({ protocols }: { readonly protocols: readonly string[] }) =>
    `this protocol is not supported: it is one of ${protocols.join(', ')}`,
  'pkt.half': 'the half to shut is SHUT_RD, SHUT_WR or SHUT_RDWR',
  'pkt.data-form': 'data is written as "text" or ...',
  'pkt.message-form': 'a message is written {msg_name(...)=..., msg_iov(1)=[{..., 1000}], msg_flags=0}',
  'pkt.message-field': ({ name }: Named) => `${name} of a message is not supported: leave it out`,
  'pkt.option-named': 'level and option are named (SOL_SOCKET, SO_REUSEADDR)',
  'pkt.socket-option': ({ name, level }: Named & { readonly level: string }) =>
    `the socket option ${name} at ${level} is not supported: docs/sockets.md has those that are`,
  'pkt.congestion': ({ known }: Known) => `this congestion control is not supported: use ${known.join(', ')}`,
  'pkt.membership-form': ({ name }: Named) =>
    `${name} takes {imr_multiaddr=inet_addr("224.0.0.5"), …}, of IPv6 {ipv6mr_multiaddr=inet6_addr("ff02::5"), …}`,
  'pkt.option-set-form': ({ name }: Named) => `${name} is set with [N] here, and cannot be set with this value`,
  'pkt.option-read-form': ({ name }: Named) => `${name} is read as [N]`,
  'pkt.linger-form': 'SO_LINGER takes {onoff=1, linger=5}',
  'pkt.fcntl': 'fcntl() does F_GETFL and F_SETFL only',
  'pkt.ioctl': 'ioctl() does SIOCINQ (FIONREAD), SIOCOUTQ and FIONBIO only',
  'pkt.poll-form': 'poll() takes [{fd=3, events=POLLIN, revents=POLLIN}]',
  'pkt.epoll-form': 'an epoll_event is written {events=EPOLLIN, fd=4}; epoll_wait() takes one, several in [ ], or ...',
  'pkt.epoll-operation': 'epoll_ctl() does EPOLL_CTL_ADD, EPOLL_CTL_MOD and EPOLL_CTL_DEL',
  'pkt.what.result': 'a result',
  'pkt.what.descriptor': 'a descriptor',
  'pkt.what.domain': 'the domain',
  'pkt.what.socket-type': 'the type of a socket',
  'pkt.what.flag-of': ({ name }: Named) => `a flag of ${name}`,
  'pkt.what.bind-address': 'an address to bind to',
  'pkt.what.connect-address': 'an address to connect to',
  'pkt.what.peer-address': 'the address of a peer',
  'pkt.what.backlog': 'a backlog',
  'pkt.what.half': 'which half to shut',
  'pkt.what.end': 'the address that is given',
  'pkt.what.length': 'a length',
  'pkt.what.from': 'where a datagram came from',
  'pkt.what.to': 'where to send',
  'pkt.what.file-flag': 'a file status flag',
  'pkt.what.timeout': 'a timeout in milliseconds',
  'pkt.what.event': 'an event',
  'pkt.what.count': 'a count',
  'pkt.what.datagram': 'the octets of a datagram',

  // Code
  'pkt.python': ({ text }: Text) =>
    `"${text}" is more Python than is understood here: only assert, print and assignments are`,
  'pkt.python-long': ({ text, most }: Text & { readonly most: number }) =>
    `"${text}..." has more than ${counted(most, 'word')}: write several assertions`,
  'pkt.python-word': ({ what, text }: What & Text) => `"${what}" in "${text}" is not understood: write it another way`,
  'pkt.python-ends': ({ text }: Text) => `"${text}" ends too early: a value is missing`,
  'pkt.python-bracket': ({ closer, text }: { readonly closer: string } & Text) =>
    `a "${closer}" is missing in "${text}"`,
  'pkt.variable': ({ name }: Named) =>
    `${name} is not among the variables that code has here: docs/drill.md lists the fields of tcp_info, and code may give a name a value (NAME = …) before it asks for it`,

  // Settings
  'pkt.option': ({ name, known }: Named & Known) =>
    `the option --${name} is not supported; supported are ${known.join(', ')}`,
  'pkt.ip-version': ({ value, known }: { readonly value: string } & Known) =>
    `--ip_version takes one of ${known.join(', ')}, not "${value}"`,
  'pkt.option-whole': ({
    name,
    least,
    most,
    value,
  }: NameAndValue & { readonly least: number; readonly most: number }) =>
    `--${name} takes a number from ${least} to ${most}, not "${value}"`,
  'pkt.option-address': ({ name, value, family, as }: NameAndValue & OfFamily) =>
    `--${name} takes the ${family} address of a station, as ${as}, not "${value}" (--ip_version says which family)`,
  'pkt.option-mask': ({ name, value }: NameAndValue) => `--${name} takes a network mask as 255.255.0.0, not "${value}"`,
  'pkt.option-mask6': ({ name, value }: NameAndValue) =>
    `--${name} takes a network mask of IPv6 as ffff:ffff:ffff::, not "${value}"`,
  'pkt.like': ({ value, known }: { readonly value: string } & Known) =>
    `nobody here is like "${value}": it is one of ${known.join(', ')}`,
  'pkt.sysctl-number': ({ name, value }: NameAndValue) => `${name} takes a number, not "${value}"`,
  'pkt.sysctl-congestion': ({ name, value, known }: NameAndValue & Known) =>
    `${name}: congestion control "${value}" is not supported: use ${known.join(', ')} (--ignore-sysctl runs the script all the same)`,
  'pkt.sysctl-value': ({ name, value, here }: NameAndValue & { readonly here: readonly string[] }) =>
    `${name}=${value} is not supported: here it is ${here.join(' or ')} (--ignore-sysctl runs the script all the same)`,
  'pkt.sysctl-late': ({ name }: Named) =>
    `${name} is taken when the stack is made: set it before the first statement (--ignore-sysctl runs the script all the same)`,
  'pkt.sysctl-form': ({ word, text }: { readonly word: string } & Text) =>
    `\`${word}\` in \`${text}\`: a sysctl is set as NAME=VALUE`,
  'pkt.route-attribute': ({ name, value }: NameAndValue) =>
    `"${name} ${value}" of a route is not supported: mtu [lock] N, advmss N, initcwnd N, quickack N, hoplimit N and rto_min N are`,
  'pkt.route-late': 'the MTU is taken when the stack is made: change the route before the first statement',
  'pkt.command': ({ text }: Text) =>
    `\`${text}\`: commands are not run; understood are sysctl, set_sysctls.py and ip route (take it out, or say what it says with these)`,

  // Somebody else's stack
  'pkt.not-in-protocol': ({ asked, answer }: { readonly asked: string; readonly answer: string }) =>
    `the program under test answered "${answer}" to "${asked}": docs/drill.md has the protocol`,
  'pkt.program-ended': ({ asked, how }: { readonly asked: string; readonly how: string }) =>
    `the program under test ended (${how}) before it answered "${asked}": run it by hand, and type this line`,
  'pkt.program-silent': ({ asked, seconds }: { readonly asked: string; readonly seconds: number }) =>
    `the program under test did not answer "${asked}" within ${seconds} s: each line has an answer that ends with ok or error`,
  'pkt.speaks-no-ipv6':
    'IPv6 is not supported by that stack: to "families" it does not answer that it has ipv6; run the script with --ip_version=ipv4',
  'pkt.not-told': ({ name }: Named) =>
    `this stack does not say ${name}: leave it out; tcpi_state, and what is counted on the wire, can be asked of any`,

  // Remarks
  'pkt.note.option': ({ name }: Named) => `--${name} says nothing to this runner`,
  'pkt.note.mask': ({ name, value, length }: NameAndValue & { readonly length: number }) =>
    `--${name}=${value} says nothing to IPv6, whose prefix length is ${length}`,
  'pkt.note.command': ({ text, why }: Text & { readonly why: string }) => `\`${text}\` ${why}`,
  'pkt.note.defaults': 'sets what scripts take for granted of Linux; of that, the sizes of buffers are set anyway',
  'pkt.note.restore': 'restores sysctls; there is nothing to restore',
  'pkt.note.metrics': 'forgets what was measured; nothing is remembered here',
  'pkt.note.device': 'is about a device that is not here',
  'pkt.note.module': 'is about a kernel that is not here',
  'pkt.note.nothing': 'does nothing',
  'pkt.note.read': 'reads a setting; nobody reads what it prints',
  'pkt.note.over': 'tidies up behind the last statement; there is nothing to tidy',
  'pkt.note.as-it-is': ({ name, value }: NameAndValue) => `${name}=${value} is how this stack is`,
  'pkt.note.unknown-sysctl': ({ name, value }: NameAndValue) =>
    `${name}=${value} is not known here, and sets nothing: if the script fails, it may be about this`,
  'pkt.note.ignored': ({ name, value }: NameAndValue) => `${name}=${value} cannot be set here, and is ignored`,
}
