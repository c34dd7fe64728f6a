/** DNS (RFC 1035) over UDP: a question and its answer, a datagram each, and no connection. */
import { keyed } from '../../text/keyed.js'
import type { Demo } from './demo.js'

export const DNS_DEMO: Demo = {
  name: 'dns',
  transport: 'UDP',
  port: 53,
  example: (address) => `nslookup server.lab.test ${address}`,
  async serve(stage) {
    stage.serveNames()
    return async () => {}
  },
  async use(stage) {
    stage.says('client', 'server.lab.test: A?')
    const { address } = (await stage.client.dns.promises.lookup('server.lab.test', { family: 4 })) as {
      address: string
    }
    if (address !== stage.serverAddress)
      throw new Error(`server.lab.test is ${stage.serverAddress}; the answer was ${address}`)
    stage.says('server', `server.lab.test: A ${address}`)
    stage.explains(5, keyed('demo.no-session'))
    stage.explains(6, keyed('demo.dns-names'))
  },
}
