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
  '([{'.repeat(20),
  ')}]'.repeat(20),
]

it('a script that is mutilated passes, fails or is not run, and nothing else', () => {
  const random = new SeededRandom(5)
  const verdicts = new Map<string, number>()
  for (let round = 0; round < 4000; round++) {
    let text = SCRIPT
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
