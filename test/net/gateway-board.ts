/**
 * A board behind a gateway, run in a network namespace: asks what the test names, one word of JSON a line on standard input, and says what
 * came of it. `{"tcp": "ADDRESS", "port": N}`, `{"udp": …}`, `{"ping": "ADDRESS"}`.
 */
import { createInterface } from 'node:readline'
import { SECOND } from '../../firmware/hal/clock.js'
import type { PingResult } from '../../firmware/net/icmp/ping.js'
import { familyOf, parseAnyIp } from '../../firmware/net/ip.js'
import { Ipv6RouterSide } from '../../firmware/net/ipv6/ipv6-router-side.js'
import { Ipv6Side } from '../../firmware/net/ipv6/ipv6-side.js'
import { createLab } from '../../host/lab.js'
import { startGateway } from '../../host/node/network/gateway/start-gateway.js'

interface Asked {
  readonly tcp?: string
  readonly udp?: string
  readonly ping?: string
  readonly port?: number
}

const lab = createLab({ seed: 9 })
const host = lab.addHost({
  name: 'gateway',
  address: '192.168.7.1/24',
  ipv6: { side: Ipv6RouterSide, addresses: ['fd00:7::1/64'], advertise: { prefixes: ['fd00:7::/64'] } },
})
const board = lab.addHost({ name: 'board', address: 'dhcp', ipv6: { side: Ipv6Side } })
lab.connect(host.port, board.port)
const gateway = await startGateway(host)
const eth0 = board.stack.interfaces[0]
await lab.run({
  until: () =>
    board.dhcp?.state === 'BOUND' &&
    (eth0.ipv6?.addresses.filter(({ state }) => state === 'PREFERRED').length ?? 0) > 1,
  for: 60 * SECOND,
})
console.log(`ready ${board.dhcp?.state}`)

async function ask({ tcp, udp, ping, port = 0 }: Asked): Promise<string> {
  if (ping !== undefined) {
    let result: PingResult | undefined
    board.stack.ping(ping, { timeLimit: 5 * SECOND }, (given) => {
      result = given
    })
    await lab.run({ until: () => result !== undefined })
    return result!.ok ? 'answered' : result!.reason
  }
  const address = tcp ?? udp ?? ''
  const family = familyOf(parseAnyIp(address)!)
  const socket = board.socket(family, tcp === undefined ? 'datagram' : 'stream')
  if (tcp === undefined) socket.setOption('softErrors', true)
  try {
    await socket.connect({ address, port })
    await socket.write('from the board\n')
    return Buffer.from(await socket.read())
      .toString()
      .trim()
  } catch (error) {
    return (error as { readonly code: string }).code
  } finally {
    socket.close()
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify({ said: await ask(JSON.parse(line)), dropped: gateway.status().dropped }))
}
gateway.close()
