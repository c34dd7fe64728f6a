/** `node --import linkpulse/net/register`: programs of Node's as they are, whose network is a lab. */
import { execFile, execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../cli/command.js'
import { judgeByTshark, ORDINARY, unexplained } from '../net/tshark.js'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'linkpulse-register-'))
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(root, join(folder, 'node_modules/linkpulse'))
  symlinkSync(join(root, 'node_modules/ws'), join(folder, 'node_modules/ws'))
  writeFileSync(
    join(folder, 'child.mjs'),
    "process.send(process.execArgv.length === 0 ? 'no lab' : process.execArgv.join()); process.disconnect()",
  )
  const words = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30']
  words.push('-keyout', 'key.pem', '-out', 'cert.pem', '-subj', '/CN=board.test')
  execFileSync('openssl', words, { cwd: folder, stdio: 'ignore' })
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs a program with the loader before it. */
function run(
  name: string,
  source: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<{ status: number | null; stdout: string; stderr: string }> {
  writeFileSync(join(folder, name), source)
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--import', 'linkpulse/net/register', name],
      { cwd: folder, env: { ...process.env, ...environment } },
      (_error, stdout, stderr) => resolve({ status: child.exitCode, stdout, stderr }),
    )
  })
}

describe('a program with the loader', () => {
  it('serves and fetches over the lab: http of both families, https, http2, ws, and ends by itself', async () => {
    const result = await run(
      'all.mjs',
      `import { once } from 'node:events'
       import { readFileSync } from 'node:fs'
       import http from 'node:http'
       import http2 from 'node:http2'
       import https from 'node:https'
       import { WebSocket, WebSocketServer } from 'ws'
       const [key, cert] = ['key.pem', 'cert.pem'].map((name) => readFileSync(name))
       const text = async (stream) => { let all = ''; stream.setEncoding('utf8'); for await (const part of stream) all += part; return all }
       const servers = [
         http.createServer((asked, answer) => answer.end(asked.socket.remoteAddress)).listen(80),
         https.createServer({ key, cert }, (asked, answer) => answer.end('secret ' + asked.socket.getProtocol())).listen(443),
         http2.createServer((asked, answer) => answer.end('two')).listen(8080),
         http2.createSecureServer({ key, cert }, (asked, answer) => answer.end('two, secret')).listen(8443),
       ]
       await Promise.all(servers.map((server) => once(server, 'listening')))
       console.log(await (await fetch('http://localhost/')).text())
       console.log(await (await fetch('http://[2001:db8:7::2]/')).text())
       const [answer] = await once(https.get({ host: 'server', ca: cert, servername: 'board.test' }), 'response')
       console.log(await text(answer))
       for (const [url, options] of [['http://server:8080', {}], ['https://server:8443', { ca: cert, servername: 'board.test' }]]) {
         const session = http2.connect(url, options)
         console.log(await text(session.request({ ':path': '/' })))
         session.close()
       }
       new WebSocketServer({ server: servers[0] }).on('connection', (socket) => socket.on('message', (data) => socket.send(data + '!')))
       const socket = new WebSocket('ws://server/')
       await once(socket, 'open')
       socket.send('hello')
       console.log(String((await once(socket, 'message'))[0]))
       socket.close()
       for (const server of servers) server.close()
      `,
      { LINKPULSE_CAPTURE: 'all.pcapng' },
    )
    expect(result.stderr).toBe('')
    expect(result.stdout.split('\n')).toEqual([
      '::ffff:192.168.7.1',
      '2001:db8:7::1',
      'secret TLSv1.3',
      'two',
      'two, secret',
      'hello!',
      '',
    ])
    expect(result.status).toBe(0)
    expect(unexplained(judgeByTshark(join(folder, 'all.pcapng')), ORDINARY)).toEqual({})
  })

  it('closes a server that is knocked at orderly, and ends a capture that a signal ends', async () => {
    const result = await run(
      'close.mjs',
      `import { once } from 'node:events'
       import net from 'node:net'
       const server = net.createServer((socket) => socket.end('in'))
       server.listen(80)
       await once(server, 'listening')
       const client = net.connect(80, 'server')
       await once(client, 'connect')
       server.close()
       console.log(String((await once(client, 'data'))[0]))
       await once(server, 'close')
       process.kill(process.pid, 'SIGTERM')
       setInterval(() => {}, 1000)
      `,
      { LINKPULSE_CAPTURE: 'signal.pcapng' },
    )
    expect(result.stdout).toBe('in\n')
    expect(judgeByTshark(join(folder, 'signal.pcapng')).frames).toBeGreaterThan(5)
  })

  it('tells of an absent host in three seconds of its own, in which others are not idle; and of silence by the wall clock', async () => {
    const result = await run(
      'idle.mjs',
      `import { once } from 'node:events'
       import http from 'node:http'
       import net from 'node:net'
       const server = net.createServer((socket) => socket.setTimeout(2000, () => console.log('idle')))
       server.listen(7)
       await once(server, 'listening')
       const client = net.connect(7, 'server')
       await once(client, 'connect')
       const [error] = await once(net.connect(80, '192.168.7.99'), 'error')
       console.log(error.code)
       const late = http.createServer((asked, answer) => setTimeout(() => answer.end('later'), 100)).listen(80)
       await once(late, 'listening')
       const asked = http.get({ host: 'server', timeout: 1000 })
       asked.on('timeout', () => console.log('timeout'))
       for await (const part of (await once(asked, 'response'))[0]) console.log(String(part))
       process.exit()
      `,
    )
    expect(result.stdout).toBe('EHOSTUNREACH\nlater\n')
  })

  it('uses UDP and names of the lab; nothing leaves the process; pipes and child processes are the system’s', async () => {
    const result = await run(
      'rest.mjs',
      `import { execFileSync, fork, spawn } from 'node:child_process'
       import dgram from 'node:dgram'
       import dns from 'node:dns'
       import { once } from 'node:events'
       import net, { connect } from 'node:net'
       const server = dgram.createSocket('udp4').bind(5000)
       await once(server, 'listening')
       const client = dgram.createSocket('udp4')
       client.send('over the wire', 5000, 'server')
       const [data, from] = await once(server, 'message')
       console.log(String(data), from.address)
       server.close(); client.close()
       console.log((await dns.promises.lookup('server', { family: 4 })).address)
       const outside = await new Promise((resolve) => connect(80, '203.0.113.5').on('error', (error) => resolve(error.code)))
       console.log(outside)
       const refused = await new Promise((resolve) => net.connect(81, 'localhost').on('error', (error) => resolve(error.code)))
       console.log(refused)
       console.log(execFileSync('echo', ['a pipe']).toString().trim())
       const cat = spawn('cat'); cat.stdin.end('another'); console.log(String((await once(cat.stdout, 'data'))[0]))
       const pipe = net.createServer((socket) => socket.end('through a pipe')).listen('./x.sock')
       await once(pipe, 'listening')
       console.log(pipe.listening, pipe.address(), String((await once(connect('./x.sock'), 'data'))[0]))
       await new Promise((resolve) => pipe.close(resolve))
       const child = fork('child.mjs')
       console.log((await once(child, 'message'))[0])
       console.log(process.stdout instanceof net.Socket || process.stdout.isTTY || typeof process.stdout.write)
      `,
    )
    expect(result.stderr).toBe('')
    expect(result.stdout.split('\n').slice(0, 8)).toEqual([
      'over the wire 192.168.7.1',
      '192.168.7.2',
      'ENETUNREACH',
      'ECONNREFUSED',
      'a pipe',
      'another',
      'true ./x.sock through a pipe',
      'no lab',
    ])
    expect(result.status).toBe(0)
  })

  it('works in the lab that a module makes: a server on a board with 1.5 KiB for its buffers', async () => {
    writeFileSync(
      join(folder, 'lab.mjs'),
      `import { createLab } from 'linkpulse/net'
       const lab = createLab({ seed: 3 })
       const client = lab.addHost({ name: 'laptop', address: '192.168.7.1/24' })
       const board = lab.addBoard('uno', { address: '192.168.7.2/24' })
       lab.connect(client.port, board.port)
       await lab.run({ until: () => board.state.matches({ on: { link: 'up' } }) && client.network.linkUp })
       export default [client, board]
      `,
    )
    const result = await run(
      'board.mjs',
      `import http from 'node:http'
       import { once } from 'node:events'
       const server = http.createServer((asked, answer) => answer.end('of ' + asked.url)).listen(8080)
       await once(server, 'listening')
       const agent = new http.Agent()
       const [answer] = await once(http.get({ host: '192.168.7.2', port: 8080, path: '/an-uno', agent }), 'response')
       let all = ''
       for await (const part of answer) all += part
       console.log(all)
       server.close()
      `,
      { LINKPULSE_LAB: 'lab.mjs' },
    )
    expect(result).toEqual({ status: 0, stdout: 'of /an-uno\n', stderr: '' })
  })

  it('is on a lab of a file, on those that are named', async () => {
    const lab = {
      boards: { desk: { board: 'uno', address: '10.1.0.2/24', services: [] } },
      hosts: {
        laptop: { address: 'dhcp' },
        server: { address: '10.1.0.1/24', dhcpServer: { pool: ['10.1.0.50', '10.1.0.59'] } },
      },
      boxes: { sw: { kind: 'switch' } },
      cables: ['desk', 'laptop', 'server'].map((name) => ({ between: [name, 'sw'] })),
    }
    writeFileSync(join(folder, 'lab.json'), JSON.stringify(lab))
    const program = `import { createServer, connect } from 'node:net'
       const server = createServer((socket) => socket.end(socket.localAddress + ' from ' + socket.remoteAddress)).listen(4000, () => {
         connect(4000, 'desk').on('data', (data) => console.log(data.toString())).on('close', () => server.close())
       })`
    const named = await run('named.mjs', program, { LINKPULSE_LAB: 'lab.json', LINKPULSE_HOSTS: 'laptop,desk' })
    expect([named.status, named.stderr]).toEqual([0, ''])
    expect(named.stdout).toMatch(/10\.1\.0\.2 from (::ffff:)?10\.1\.0\.5\d\n$/)
    const other = await run('named.mjs', program, { LINKPULSE_LAB: 'lab.json', LINKPULSE_HOSTS: 'laptop,dsk' })
    expect([other.status, other.stderr]).toEqual([
      2,
      'linkpulse/net/register: nothing in this lab is called "dsk"; there are desk, laptop, server; did you mean "desk"?\n',
    ])
    writeFileSync(join(folder, 'wrong.yaml'), 'hosts: { a: { address: 10.0.0.1/24, gate: 1 } }\n')
    const wrong = await run('named.mjs', program, { LINKPULSE_LAB: 'wrong.yaml' })
    expect(wrong.stderr).toMatch(
      /^linkpulse\/net\/register: wrong\.yaml is not a lab that can be built:\n {2}wrong\.yaml:1:37: hosts\.a\.gate: /,
    )
  })

  it('says what is wrong with the module of LINKPULSE_LAB', async () => {
    writeFileSync(join(folder, 'empty.mjs'), 'export const lab = 1\n')
    const { status, stderr } = await run('x.mjs', '', { LINKPULSE_LAB: 'empty.mjs' })
    expect([status, stderr]).toEqual([
      2,
      'linkpulse/net/register: LINKPULSE_LAB: empty.mjs exports no hosts by default; export them: export default [client, server]\n',
    ])
    const absent = await run('x.mjs', '', { LINKPULSE_LAB: 'nowhere.mjs' })
    expect(absent.stderr).toMatch(/^linkpulse\/net\/register: LINKPULSE_LAB: nowhere\.mjs cannot be loaded: .*\n$/)
    const unwritable = await run('x.mjs', '', { LINKPULSE_CAPTURE: 'no/such/folder.pcapng' })
    expect([unwritable.status, unwritable.stderr.split('\n').length]).toEqual([2, 2])
  })

  it('touches nothing where it is not asked for', () => {
    const source = `import net from 'node:net'; const before = net.connect; await import('linkpulse/net'); console.log(net.connect === before)`
    const text = execFileSync(process.execPath, ['--input-type=module', '-e', source], {
      cwd: folder,
      encoding: 'utf8',
    })
    expect(text).toBe('true\n')
    expect(readFileSync(join(root, 'package.json'), 'utf8')).toContain('"./net/register"')
  })
})
