import { expect, it } from 'vitest'
import { SeededRandom } from '../../boards/simulation/random.js'
import { drill } from './drill.js'

const SCRIPT = `--tolerance_usecs=4000
\`sysctl -e -q net.ipv4.tcp_sack=1 # so
 ip route change 192.0.2.1 via 192.168.0.2 dev tun0 mtu lock 1400 advmss 1000 initcwnd 4
 echo 33 > /proc/sys/net/ipv4/ip_default_ttl; ethtool -K tun0 tso off\`
0   socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0  setsockopt(3, SOL_SOCKET, SO_LINGER, {onoff=1, linger=0}, 8) = 0
+0  bind(3, {sa_family=AF_INET, sin_port=htons(8080), sin_addr=inet_addr("192.168.0.1")}, 16) = 0
+0  listen(3, 1) = 0
+0  < S 0:0(0) win 32000 <mss 1000,sackOK,TS val 7 ecr 0,nop,wscale 7>
+0  > S. 0:0(0) ack 1 <...>
+.1 < . 1:1(0) ack 1 win 257 <nop,nop,TS val 9 ecr 0>
+0  accept(3, ..., ...) = 4
+0...0.1 read(4, "abc"..., 100) = 10
+.1 < [ect0] P. 1:11(10) ack 1 win 257 <nop,nop,TS val 10 ecr 0>
+0  sendmsg(4, {msg_name(...)=..., msg_iov(1)=[{..., 100}], msg_flags=0}, 0) = 100
+0  < icmp unreachable frag_needed mtu 600 [1:101(100)]
* > P. 1:101(100) ack 11 <...>
+0  poll([{fd=4, events=POLLIN, revents=0}], 1, 0) = 0
+0  %{ assert tcpi_unacked == 1 and tcpi_rto > 0
x = 'rto %d' % tcpi_rto; print(x, tcpi_state in (1, 2)) }%
+0  epoll_create(1) = 9
+0  epoll_ctl(9, EPOLL_CTL_ADD, 4, {events=EPOLLIN|EPOLLET, fd=4}) = 0
+0  epoll_wait(9, [{events=EPOLLIN, fd=4}], 1, 0) = 0
+0  < icmp type_3 code_1 id 7 [raw (20)]
+0  < (ce) 40001 > 8080 SEWA.5 7:7(0) win 9 <md5 00ff,FOEXP 01,ECN e0b 1 ceb 2 e1b 3,TS val 1 ecr 2>
`
/** The same of IPv6, as far as there is another word for it. */
const SCRIPT6 = `--ip_version=ipv6
--local_ip=fd::1
--remote_ip=2001:db8::3/32
--gateway_ip=fe80::2
--netmask_ip=ffff:ffff::
\`ip -6 route change 2001:db8::3 via fe80::2 dev tun0 mtu lock 1400 advmss 1000 initcwnd 4\`
0   socket(AF_INET6, SOCK_STREAM, IPPROTO_TCP) = 3
+0  setsockopt(3, SOL_IPV6, IPV6_V6ONLY, [1], 4) = 0
+0  bind(3, {sa_family=AF_INET6, sin6_port=htons(8080), sin6_addr=inet6_addr("fd::1")}, 28) = 0
+0  getsockname(3, {sa_family=AF_INET6, sin6_port=htons(8080), inet_pton(AF_INET6, "fd::1", &sin6_addr)}, [28]) = 0
+0  listen(3, 1) = 0
+0  < (flowlabel 0x12345, hlim 3) S 0:0(0) win 32000 <mss 1000>
+0  > [flowlabel 0x1] S. 0:0(0) ack 1 <...>
+.1 < [from 2001:db8::3, to fd::1] . 1:1(0) ack 1 win 257
+0  accept(3, {sa_family=AF_INET6, sin6_port=htons(40000), sin6_addr=inet6_addr("2001:db8::3")}, [28]) = 4
+0  write(4, ..., 100) = 100
+0  > P. 1:101(100) ack 1
+0  < icmp packet_too_big mtu 1280 [1:101(100)]
+0  < icmp unreachable port_unreachable [udp (20)]
+0  < icmp parameter_problem unknown_option
+0  < icmp echo_request id 7 [raw (20)]
+0  socket(..., SOCK_DGRAM, IPPROTO_UDP) = 5
+0  setsockopt(5, IPPROTO_IPV6, IPV6_JOIN_GROUP, {ipv6mr_multiaddr=inet6_addr("ff02::5"), ipv6mr_interface=0}, 20) = 0
+0  sendto(5, ..., 3000, 0, {sa_family=AF_INET6, sin6_port=htons(9), sin6_addr=inet6_addr("2001:db8::3")}, 28) = 3000
+0  < udp (4000)
`
const PIECES = [
  '...',
  '-1',
  '4294967295',
  '(',
  ')',
  '<',
  '>',
  '{',
  '|',
  '~',
  '*',
  '%{',
  '`',
  '"',
  '0x',
  '\n',
  '+',
  ' ack',
  'EAGAIN',
  'é',
  '::',
  'ffff:',
  '/129',
  'fe80::1',
  '192.0.2.1',
  '&',
  'AF_INET',
  'ipv4-mapped-ipv6',
  '([{'.repeat(20),
  ')}]'.repeat(20),
]

it.each([
  ['IPv4', SCRIPT],
  ['IPv6', SCRIPT6],
])('a script of %s that is mutilated passes, fails or is not run, and nothing else', (_, script) => {
  const random = new SeededRandom(5)
  const verdicts = new Map<string, number>()
  for (let round = 0; round < 4000; round++) {
    let text = script
    for (let change = 0; change <= random.below(3); change++) {
      const at = random.below(text.length)
      const cut = random.below(6)
      const piece = random.below(3) === 0 ? '' : PIECES[random.below(PIECES.length)]
      text = text.slice(0, at) + piece + text.slice(at + cut)
    }
    const { verdict, problems } = drill('fuzz.pkt', text)
    verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1)
    if (verdict === 'not run') expect(problems.length).toBeGreaterThan(0)
  }
  expect([...verdicts.keys()].sort()).toEqual(['fail', 'not run', 'pass'].filter((verdict) => verdicts.has(verdict)))
  expect(verdicts.get('not run')).toBeGreaterThan(500)
})
