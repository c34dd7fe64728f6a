/** The workshop page, served on loopback and written as a file. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningCommand, root, start } from './command.js'
import { runHere } from './here.js'

const page = readFileSync(join(root, 'dist/workshop.html'))

describe('linkpulse workshop', () => {
  let running: RunningCommand
  let port: number
  beforeAll(async () => {
    running = start(['workshop', '--port', '0'])
    await new Promise<void>((resolve, reject) => {
      running.process.stdout?.once('data', () => resolve())
      running.process.once('exit', () => reject(new Error('it ended')))
    })
    port = Number(/^http:\/\/127\.0\.0\.1:(\d+)\/\n/.exec(running.stdout())![1])
  })
  afterAll(async () => {
    running.process.kill('SIGINT')
    expect((await running.ended).status).toBe(0)
  })

  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET', address = '127.0.0.1') =>
    new Promise<{ status: number; body: Buffer; headers: NodeJS.Dict<string | string[]> }>((resolve, reject) => {
      const asked = request({ host: address, port, path, method, headers, agent: false }, (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts), headers: response.headers }),
        )
      })
      asked.on('error', reject)
      asked.end()
    })

  it('serves the page, to this machine', async () => {
    const { status, body, headers } = await ask('/')
    expect(status).toBe(200)
    expect(body.equals(page)).toBe(true)
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(headers['content-security-policy']).toBe("frame-ancestors 'none'")
    expect((await ask('/', { host: `localhost:${port}` })).status).toBe(200)
  })

  it('is reached on loopback and on no other address of this machine', async () => {
    await expect(ask('/', {}, 'GET', '127.0.0.2')).rejects.toThrow(/ECONNREFUSED/)
  })

  it.each(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1:1'])(
    'answers under no other name: Host %s',
    async (host) => {
      expect((await ask('/', { host })).status).toBeGreaterThanOrEqual(400)
    },
  )

  it.each(['http://evil.example', 'null', 'https://127.0.0.1'])(
    'answers no page of elsewhere: Origin %s',
    async (origin) => {
      expect((await ask('/', { origin })).status).toBe(403)
    },
  )

  it.each(['/../package.json', '/%2e%2e/package.json', '/workshop.html', '/etc/passwd', '//', 'http://evil.example/'])(
    'has nothing else to give: %s',
    async (path) => {
      const { status, body } = await ask(path)
      expect(status).toBe(404)
      expect(body.toString()).not.toContain('linkpulse')
    },
  )

  it('takes nothing', async () => {
    expect((await ask('/', {}, 'POST')).status).toBe(405)
    const head = await ask('/', {}, 'HEAD')
    expect([head.status, head.body.length]).toEqual([200, 0])
  })

  it('says so where the port is taken', async () => {
    const { status, stderr } = await runHere('workshop', '--port', `${port}`)
    expect(status).toBe(3)
    expect(stderr).toMatch(/another program listens on port \d+ already/)
  })
})

describe('linkpulse workshop --out', () => {
  it('writes the page as one file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'linkpulse-workshop-'))
    const file = join(folder, 'workshop.html')
    const { status, stdout } = await runHere('workshop', '--out', file)
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' })
    expect(readFileSync(file).equals(page)).toBe(true)
    rmSync(folder, { recursive: true })
  })

  it('serves nothing then', async () => {
    const { status, stderr } = await runHere('workshop', '--out', 'x.html', '--port', '1')
    expect(status).toBe(2)
    expect(stderr).toContain('leave --port out')
  })
})
