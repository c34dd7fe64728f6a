/** SSH (RFC 4251 to 4254), by the package ssh2: keys are agreed, the server and then the user proves who it is, and channels carry a command and a file. */
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import type { Algorithms, Client, ServerChannel, SFTPWrapper, utils } from 'ssh2'
import { keyed } from '../../text/keyed.js'
import { nodeAdapters } from '../net/adapters.js'
import { loadSsh2 } from '../optional-package.js'
import type { Demo, DemoStage, ServerStage } from './demo.js'
import { opened } from './serving.js'

const PATH = '/socket.txt'
const FILE = Buffer.from('套接字\n')
type SftpWords = (typeof utils)['sftp']
/** Wireshark tells apart the packets of these; of AES-GCM and its kin it reads the lengths wrongly. */
const ALGORITHMS: Algorithms = { cipher: ['aes256-ctr'], hmac: ['hmac-sha2-256'] }

/** What its shell knows. */
function run(stage: ServerStage, line: string, channel: ServerChannel): void {
  const [program, ...words] = line.split(' ')
  const isKnown = program === 'echo'
  const output = isKnown ? words.join(' ') : `${program}: not found`
  const status = isKnown ? 0 : 127
  stage.says('server', `exec ${line}: ${JSON.stringify(output)}, exit status ${status}`)
  const { stderr: complaints } = channel
  ;(isKnown ? channel : complaints).write(`${output}\n`)
  channel.exit(status)
  channel.end()
}

/** A file system of one file (draft-ietf-secsh-filexfer-02, which SFTP's version 3 is). */
function serveFiles(stage: ServerStage, { OPEN_MODE, STATUS_CODE }: SftpWords, sftp: SFTPWrapper): void {
  const handle = Buffer.from([1])
  const attributes = { mode: 0o100644, uid: 0, gid: 0, size: FILE.length, atime: 0, mtime: 0 }
  const folder = { ...attributes, mode: 0o040755, size: 0 }
  const tell = (id: number, path: string) => {
    if (path === PATH) sftp.attrs(id, attributes)
    else if (path === '/') sftp.attrs(id, folder)
    else sftp.status(id, STATUS_CODE.NO_SUCH_FILE)
  }
  let isListed = false
  sftp.on('REALPATH', (id, path) => {
    const filename = path === '.' ? '/' : path.startsWith('/') ? path : `/${path}`
    sftp.name(id, [{ filename, longname: filename, attrs: folder }])
  })
  sftp.on('STAT', tell)
  sftp.on('LSTAT', tell)
  sftp.on('OPENDIR', (id) => {
    isListed = false
    sftp.handle(id, handle)
  })
  sftp.on('READDIR', (id) => {
    if (isListed) return sftp.status(id, STATUS_CODE.EOF)
    isListed = true
    const longname = `-rw-r--r-- 1 lab lab ${FILE.length} Jan  1 00:00 socket.txt`
    return sftp.name(id, [{ filename: 'socket.txt', longname, attrs: attributes }])
  })
  sftp.on('OPEN', (id, name, flags) => {
    if (name !== PATH || (flags & OPEN_MODE.READ) === 0) return sftp.status(id, STATUS_CODE.NO_SUCH_FILE)
    stage.says('server', `sftp: open ${PATH}`)
    return sftp.handle(id, handle)
  })
  sftp.on('FSTAT', (id) => sftp.attrs(id, attributes))
  sftp.on('READ', (id, _handle, offset, length) => {
    if (offset >= FILE.length) sftp.status(id, STATUS_CODE.EOF)
    else sftp.data(id, FILE.subarray(offset, offset + length))
  })
  sftp.on('CLOSE', (id) => sftp.status(id, STATUS_CODE.OK))
  sftp.on('end', () => sftp.end())
}

async function serve(stage: ServerStage): Promise<() => Promise<void>> {
  const { Server, utils } = await loadSsh2('use another demo')
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const daemon = new Server({ hostKeys: [privateKey] }, (connection) => {
    // Who breaks off has no more to hear.
    connection.on('error', (error: Error) => stage.says('server', error.message))
    connection.on('authentication', (context) => {
      const isRight = context.method === 'password' && context.username === 'lab' && context.password === 'open'
      stage.says('server', `authentication by ${context.method}: ${isRight ? 'accepted' : 'not accepted'}`)
      if (isRight) context.accept()
      else context.reject(['password'])
    })
    connection.on('session', (accept) => {
      const session = accept()
      session.on('exec', (yes, _no, { command }) => run(stage, command, yes()))
      session.on('sftp', (yes) => serveFiles(stage, utils.sftp, yes()))
    })
  })
  return opened(nodeAdapters(stage.server.net).serve(daemon), stage, 22)
}

async function use(stage: DemoStage): Promise<void> {
  const { Client } = await loadSsh2('use another demo')
  const session = new Client()
  session.on('handshake', ({ kex, serverHostKey, cs }) =>
    stage.explains(6, keyed('demo.ssh-keys', { exchange: kex, hostKey: serverHostKey, cipher: cs.cipher })),
  )
  stage.says('client', 'ssh lab@server.lab.test')
  const sock = stage.client.net.connect({ port: 22, host: stage.serverAddress, noDelay: true })
  session.connect({ sock, username: 'lab', password: 'open', algorithms: ALGORITHMS })
  await once(session, 'ready')
  session.on('error', stage.fails)
  stage.explains(5, keyed('demo.ssh-channels'))
  const output = await execute(session, 'echo hello')
  stage.says('client', `echo hello: ${JSON.stringify(output)}`)
  const file = await fetchFile(session)
  if (!file.equals(FILE)) throw new Error('the file did not come as it was sent')
  stage.says('client', `sftp: ${PATH}, ${file.length} octets: ${JSON.stringify(file.toString('utf8'))}`)
  session.end()
  await once(session, 'close')
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
      sftp.readFile(PATH, (failure, octets) => (failure ? reject(failure) : resolve(octets)))
    })
  })
}

export const SSH_DEMO: Demo = {
  name: 'ssh',
  transport: 'TCP',
  port: 22,
  needs: 'ssh2',
  example: (address) => `ssh lab@${address} echo hello`,
  serve,
  use,
}
