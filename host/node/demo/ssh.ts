/** SSH (RFC 4251 to 4254), by the package ssh2: keys are agreed, the server and then the user proves who it is, and channels carry a command and a file. */
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import type { Algorithms, Client, ServerChannel, SFTPWrapper } from 'ssh2'
import { keyed } from '../../text/keyed.js'
import { nodeAdapters } from '../net/adapters.js'
import { loadSsh2 } from '../optional-package.js'
import type { Demo, DemoStage } from './demo.js'

const FILE = Buffer.from('套接字\n')
/** Wireshark tells apart the packets of these; of AES-GCM and its kin it reads the lengths wrongly. */
const ALGORITHMS: Algorithms = { cipher: ['aes256-ctr'], hmac: ['hmac-sha2-256'] }

function command(stage: DemoStage, line: string, channel: ServerChannel): void {
  stage.says('server', `exec ${line}: "hello", exit status 0`)
  channel.write('hello\n')
  channel.exit(0)
  channel.end()
}

async function run(stage: DemoStage): Promise<void> {
  const { Client, Server, utils } = await loadSsh2('use another demo')
  const { OPEN_MODE, STATUS_CODE } = utils.sftp
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const daemon = new Server({ hostKeys: [privateKey] }, (connection) => {
    connection.on('authentication', (context) => {
      const isRight = context.method === 'password' && context.username === 'lab' && context.password === 'open'
      stage.says('server', `authentication by ${context.method}: ${isRight ? 'accepted' : 'not accepted'}`)
      if (isRight) context.accept()
      else context.reject(['password'])
    })
    connection.on('session', (accept) => {
      const session = accept()
      session.on('exec', (yes, _no, { command: line }) => command(stage, line, yes()))
      session.on('sftp', (yes) => {
        const sftp = yes()
        const handle = Buffer.from([1])
        sftp.on('OPEN', (id, name, flags) => {
          if (name !== '/socket.txt' || (flags & OPEN_MODE.READ) === 0) return sftp.status(id, STATUS_CODE.NO_SUCH_FILE)
          stage.says('server', 'sftp: open /socket.txt')
          return sftp.handle(id, handle)
        })
        sftp.on('FSTAT', (id) =>
          sftp.attrs(id, { mode: 0o100644, uid: 0, gid: 0, size: FILE.length, atime: 0, mtime: 0 }),
        )
        sftp.on('READ', (id, _handle, offset, length) => {
          if (offset >= FILE.length) sftp.status(id, STATUS_CODE.EOF)
          else sftp.data(id, FILE.subarray(offset, offset + length))
        })
        sftp.on('CLOSE', (id) => sftp.status(id, STATUS_CODE.OK))
      })
    })
  })
  const front = nodeAdapters(stage.server.net).serve(daemon).listen(22)
  const session = new Client()
  session.on('handshake', ({ kex, serverHostKey, cs }) =>
    stage.explains(6, keyed('demo.ssh-keys', { exchange: kex, hostKey: serverHostKey, cipher: cs.cipher })),
  )
  stage.says('client', 'ssh lab@server.lab.test')
  const sock = stage.client.net.connect({ port: 22, host: stage.serverAddress, noDelay: true })
  session.connect({ sock, username: 'lab', password: 'open', algorithms: ALGORITHMS })
  await once(session, 'ready')
  stage.explains(5, keyed('demo.ssh-channels'))
  const output = await execute(session, 'echo hello')
  stage.says('client', `echo hello: ${JSON.stringify(output)}`)
  const file = await fetchFile(session)
  if (!file.equals(FILE)) throw new Error('the file did not come as it was sent')
  stage.says('client', `sftp: /socket.txt, ${file.length} octets: ${JSON.stringify(file.toString('utf8'))}`)
  session.end()
  await once(session, 'close')
  front.close()
  await once(front, 'close')
}

function execute(session: Client, line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    session.exec(line, (error, channel) => {
      if (error) return reject(error)
      let text = ''
      channel.on('data', (part: Buffer) => {
        text += part
      })
      channel.on('close', () => resolve(text))
    })
  })
}

function fetchFile(session: Client): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    session.sftp((error, sftp: SFTPWrapper) => {
      if (error) return reject(error)
      sftp.readFile('/socket.txt', (failure, octets) => (failure ? reject(failure) : resolve(octets)))
    })
  })
}

export const SSH_DEMO: Demo = { name: 'ssh', transport: 'TCP', port: 22, run }
