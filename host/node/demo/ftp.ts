/** FTP (RFC 959): one connection for commands, one more for each file; who opens it is passive or active mode. */
import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import { keyed } from '../../text/keyed.js'
import type { NodeServer } from '../net/server.js'
import type { NodeSocket } from '../net/socket.js'
import type { Demo, ServerStage } from './demo.js'
import { LineTalk } from './line-talk.js'
import { serving } from './serving.js'

const FILE = 'The socket is the façade over TCP and UDP.\r\n'
const LISTING = `-rw-r--r-- 1 lab lab ${Buffer.byteLength(FILE)} Jan  1 00:00 socket.txt\r\n`

const isFile = (name: string) => name.replace(/^\//, '') === 'socket.txt'

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
async function serve(stage: ServerStage, control: NodeSocket): Promise<void> {
  const talk = new LineTalk(stage, 'server', control as unknown as Duplex)
  let data: (() => Promise<NodeSocket>) | undefined
  const transfer = async (text: string) => {
    talk.send('150 here it comes')
    const connection = await data!()
    data = undefined
    connection.end(text)
    await once(connection.resume(), 'close')
    talk.send('226 that was all')
  }
  talk.send('220 lab FTP')
  for (let line = await talk.line(); line !== undefined; line = await talk.line()) {
    const [command, word = ''] = line.split(' ')
    const verb = command.toUpperCase()
    if (verb === 'USER') talk.send('331 and the password')
    else if (verb === 'PASS') talk.send('230 come in')
    else if (verb === 'TYPE') talk.send('200 octets as they are')
    else if (verb === 'PWD') talk.send('257 "/"')
    else if (verb === 'CWD') talk.send('250 there is one place')
    else if (verb === 'SIZE' && isFile(word)) talk.send(`213 ${Buffer.byteLength(FILE)}`)
    else if (verb === 'PASV' || verb === 'EPSV') {
      const door = stage.server.net.createServer()
      const port = await listening(door, stage.serverAddress)
      const coming = once(door, 'connection') as Promise<[NodeSocket]>
      data = async () => {
        const [connection] = await coming
        door.close()
        return connection
      }
      talk.send(
        verb === 'PASV'
          ? `227 entering passive mode (${numbers(stage.serverAddress, port)})`
          : `229 entering extended passive mode (|||${port}|)`,
      )
    } else if (verb === 'PORT') {
      const place = placeIn(word)
      data = async () => {
        const connection = stage.server.net.connect({ ...place, localAddress: stage.serverAddress })
        await once(connection, 'connect')
        return connection
      }
      talk.send('200 I shall call you')
    } else if ((verb === 'LIST' || verb === 'RETR') && data === undefined) talk.send('425 say PASV, EPSV or PORT first')
    else if (verb === 'LIST') await transfer(LISTING)
    else if (verb === 'RETR' && isFile(word)) await transfer(FILE)
    else if (verb === 'RETR' || verb === 'SIZE') talk.send(`550 there is no ${word}`)
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
  example: (address) => `curl -v --user lab:open ftp://${address}/socket.txt`,
  serve: (stage) => serving(stage, 21, serve),
  async use(stage) {
    const { client, clientAddress, serverAddress } = stage
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
    if (!control.closed) await once(control, 'close')
  },
}
