/** The demos' servers on our stack, on a TAP device of the kernel, with clients that other people wrote. */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Namespace, noNamespaces, ready } from './namespace.js'
import { judgeByTshark, shownByTshark } from './tshark.js'

const reason = noNamespaces()
const SERVERS = ['http', 'http2', 'ftp', 'telnet', 'ssh', 'smtp', 'pop3', 'mqtt', 'dns']

describe.skipIf(reason !== undefined)(
  `the demos and Linux’s own clients${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    let namespace: Namespace
    let demo: ReturnType<Namespace['linkpulse']>
    let capture: string
    beforeAll(async () => {
      namespace = new Namespace()
      capture = join(namespace.folder, 'all.pcapng')
      demo = namespace.linkpulse('demo', ...SERVERS, '-q', '--tap', 'lp0', '--capture', capture)
      await ready(demo, 'demo')
    })
    afterAll(() => namespace.close())

    /** What a client writes to standard output. @throws what it says of a fault */
    async function said(...words: string[]): Promise<string> {
      const { status, stdout, stderr } = await namespace.run(...words)
      if (status !== 0) throw new Error(`${words[0]} ended with ${status}: ${stderr}`)
      return stdout
    }
    const curl = (...words: string[]) => said('curl', '-sS', '-m', '120', ...words)

    it('curl: HTTP, packed and plain, and HTTP/2 in TLS', async () => {
      const packed = await curl('-i', '--compressed', 'http://10.9.0.2/')
      expect(packed).toMatch(/Content-Encoding: gzip[\s\S]*Set-Cookie: visits=1[\s\S]*传输层/)
      expect(await curl('-b', 'visits=1', '-i', 'http://10.9.0.2/')).toMatch(/visits=2[\s\S]*传输层/)
      expect(await curl('-k', '-i', '--http2', 'https://10.9.0.2/x')).toMatch(/^HTTP\/2 200[\s\S]*\/x 套接字$/)
    })

    it('curl: FTP, passive and active', async () => {
      expect(await curl('--user', 'lab:open', 'ftp://10.9.0.2/socket.txt')).toBe(
        'The socket is the façade over TCP and UDP.\r\n',
      )
      expect(await curl('--user', 'lab:open', '-P', '-', 'ftp://10.9.0.2/')).toMatch(/^-rw-r--r-- .*socket\.txt/)
      await expect(curl('--user', 'lab:open', 'ftp://10.9.0.2/nothing')).rejects.toThrow(/550|RETR|78/)
    })

    it('lftp: a list, and a file', async () => {
      const text = await said(
        'lftp',
        '-u',
        'lab,open',
        '-e',
        'set net:timeout 120; ls; cat socket.txt; exit',
        '10.9.0.2',
      )
      expect(text).toMatch(/socket\.txt[\s\S]*façade/)
    })

    it('curl: a letter by SMTP, in TLS from STARTTLS on; another by POP3', async () => {
      const letter = join(namespace.folder, 'letter')
      writeFileSync(letter, 'Subject: hi\r\n\r\nTwo hands.\r\n.\r\n')
      const ways = ['-k', '--ssl-reqd', '--mail-from', 'me@lab.test', '--mail-rcpt', 'you@lab.test']
      await curl(...ways, '--upload-file', letter, 'smtp://10.9.0.2')
      expect(await curl('--user', 'lab:open', 'pop3://10.9.0.2/1')).toContain('Subject: =?UTF-8?B?5aWX5o6l5a2X?=')
    })

    it('openssh: a command, its status, and a file by SFTP', async () => {
      const ask = join(namespace.folder, 'ask')
      writeFileSync(ask, '#!/bin/sh\necho open\n', { mode: 0o700 })
      const env = ['env', `SSH_ASKPASS=${ask}`, 'SSH_ASKPASS_REQUIRE=force']
      const options = ['-F', 'none', '-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null']
      const run = (...words: string[]) => namespace.run(...env, 'ssh', ...options, 'lab@10.9.0.2', ...words)
      expect(await run('echo from openssh')).toMatchObject({ status: 0, stdout: 'from openssh\n' })
      expect((await run('uname')).status).toBe(127)
      await said(...env, 'sftp', ...options, 'lab@10.9.0.2:/socket.txt', 'fetched')
      expect(readFileSync(join(namespace.folder, 'fetched'), 'utf8')).toBe('套接字\n')
    })

    it('mqtt, the package, in a Node of its own; nc as a terminal; nslookup', async () => {
      const program = `
        const client = require(${JSON.stringify(createRequire(import.meta.url).resolve('mqtt'))}).connect('mqtt://10.9.0.2')
        client.on('message', (topic, text) => { console.log(topic + ' ' + text); client.end() })
        client.subscribe('room/+', () => client.publish('room/door', 'open', { qos: 1 }))`
      expect(await said(process.execPath, '-e', program)).toBe('room/door open\n')
      const nc = await namespace.start(['nc.openbsd', '-w', '60', '10.9.0.2', '23'], 'lab\rexit\r').ended
      expect(nc.stdout).toContain('lab:~$ ')
      expect(await said('busybox', 'nslookup', 'server.lab.test', '10.9.0.2')).toMatch(/Address(?: 1)?: 10\.9\.0\.2/)
    })

    it('has it all in its capture, TLS with its keys, and tshark finds no fault', async () => {
      expect((await namespace.interrupt(demo)).status).toBe(0)
      expect(judgeByTshark(capture).wrong).toEqual([])
      expect(shownByTshark(capture, 'http2 && tls').join('\n')).toMatch(/HEADERS\[1\]: GET \/x/)
      expect(shownByTshark(capture, 'smtp && tls').join('\n')).toMatch(/MAIL FROM:<me@lab\.test>/)
    })
  },
)
