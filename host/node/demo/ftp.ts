/** FTP (RFC 959): one connection for commands, one more for each file; who opens it is passive or active mode. */
import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import { keyed } from '../../text/keyed.js'
import type { NodeServer } from '../net/server.js'
import type { NodeSocket } from '../net/socket.js'
import type { Demo, DemoStage } from './demo.js'
import { LineTalk } from './line-talk.js'

const FILE = 'The socket is the façade over TCP and UDP.\r\n'
const LISTING = `-rw-r--r-- 1 lab lab ${Buffer.byteLength(FILE)} Jan  1 00:00 socket.txt\r\n`

/** `192,168,7,2,195,80`: address and port as PORT and the answer to PASV have them. */
const numbers = (address: string, port: number) => [...address.split('.'), port >> 8, port & 0xff].join(',')

function placeIn(text: string): { host: string; port: number } {
  const found = /(\d+),(\d+),(\d+),(\d+),(\d+),(\d+)/.exec(text)
  if (found === null) throw new Error(`there is no address in: ${text}`)
  const [a, b, c, d, high, low] = found.slice(1).map(Number)
  return { host: [a, b, c, d].join('.'), port: (high << 8) | low }
}

async function listening(server: NodeServer, address: string): Promise<number> {
  await once(server.listen(0, address), 'listening')
  return server.address()!.port
}

/** The server's end of one control connection. */
async function serve(stage: DemoStage, control: NodeSocket): Promise<void> {
  const talk = new LineTalk(stage, 'server', control as unknown as Duplex)
  let data: (() => Promise<NodeSocket>) | undefined
  const transfer = async (text: string) => {
    talk.send('150 here it comes')
    const connection = await data!()
    connection.end(text)
    await once(connection.resume(), 'close')
    talk.send('226 that was all')
  }
  talk.send('220 lab FTP')
  for (let line = await talk.line(); line !== undefined; line = await talk.line()) {
    const [verb, word = ''] = line.split(' ')
    if (verb === 'USER') talk.send('331 and the password')
    else if (verb === 'PASS') talk.send('230 come in')
    else if (verb === 'TYPE') talk.send('200 octets as they are')
    else if (verb === 'PASV') {
      const door = stage.server.net.createServer()
      const port = await listening(door, stage.serverAddress)
      const coming = once(door, 'connection') as Promise<[NodeSocket]>
      data = async () => {
        const [connection] = await coming
        door.close()
        return connection
      }
      talk.send(`227 entering passive mode (${numbers(stage.serverAddress, port)})`)
    } else if (verb === 'PORT') {
      const place = placeIn(word)
      data = async () => {
        const connection = stage.server.net.connect({ ...place, localAddress: stage.serverAddress })
        await once(connection, 'connect')
        return connection
      }
      talk.send('200 I shall call you')
    } else if (verb === 'LIST') await transfer(LISTING)
    else if (verb === 'RETR') await transfer(FILE)
    else if (verb === 'QUIT') {
      talk.send('221 bye')
      talk.end()
    } else talk.send('502 that is not spoken here')
  }
}

async function textOf(connection: NodeSocket): Promise<string> {
  let text = ''
  for await (const part of connection) text += part
  return text
}

export const FTP_DEMO: Demo = {
  name: 'ftp',
  transport: 'TCP',
  port: 21,
  async run(stage) {
    const { client, server, clientAddress, serverAddress } = stage
    const served: Promise<void>[] = []
    const front = server.net.createServer({ noDelay: true }, (control) => served.push(serve(stage, control)))
    await once(front.listen(21, serverAddress), 'listening')
    const control = client.net.connect(21, serverAddress)
    const talk = new LineTalk(stage, 'client', control as unknown as Duplex)
    await talk.expect('220')
    await talk.ask('USER lab', '331')
    await talk.ask('PASS open', '230')
    await talk.ask('TYPE I', '200')

    stage.explains(5, keyed('demo.passive'))
    const passive = placeIn(await talk.ask('PASV', '227'))
    talk.send('RETR socket.txt')
    const text = await textOf(client.net.connect(passive))
    await talk.expect('150')
    await talk.expect('226')
    if (text !== FILE) throw new Error('the file did not come as it was sent')

    stage.explains(5, keyed('demo.active'))
    const door = client.net.createServer()
    const port = await listening(door, clientAddress)
    const coming = once(door, 'connection') as Promise<[NodeSocket]>
    await talk.ask(`PORT ${numbers(clientAddress, port)}`, '200')
    talk.send('LIST')
    const [connection] = await coming
    if ((await textOf(connection)) !== LISTING) throw new Error('the list did not come as it was sent')
    await talk.expect('150')
    await talk.expect('226')
    door.close()

    await talk.ask('QUIT', '221')
    talk.end()
    front.close()
    await Promise.all([once(front, 'close'), ...served])
  },
}
