import { describe, expect, it } from 'vitest'
import { MILLISECOND } from '../../firmware/hal/clock.js'
import { HostLab } from '../lab.js'
import type { ClientWire } from './client-wire.js'
import { fetchOverStack, HttpError } from './http-fetch.js'

/** A server in a lab that answers with these pieces, one after the other, and ends; and a GET of its root. */
async function fetched(...pieces: string[]) {
  const lab = new HostLab({ seed: 3 })
  const server = lab.addHost({ name: 'server', address: '10.0.0.1/24' })
  const client = lab.addHost({ name: 'client', address: '10.0.0.2/24' })
  lab.connect(server.port, client.port)
  const listening = server.socket('ipv4', 'stream').bind({ address: '0.0.0.0', port: 80 }).listen()
  const serve = async () => {
    const connection = await listening.accept()
    let request = ''
    while (!request.endsWith('\r\n\r\n')) request += Buffer.from(await connection.read()).toString('latin1')
    for (const piece of pieces) {
      await connection.write(Buffer.from(piece, 'latin1'))
      await lab.run({ for: 5 * MILLISECOND })
    }
    connection.close()
    return request
  }
  const wire: ClientWire = {
    stack: client.stack,
    clock: lab.clock,
    watches: [],
    far: undefined,
    changed: () => {},
    async until(condition, limit) {
      await lab.run({ until: condition, ...(limit === undefined ? {} : { for: limit }) })
      return true
    },
    close: async () => {},
  }
  const body: number[] = []
  const request = serve()
  const answer = fetchOverStack(wire, {
    at: { host: '10.0.0.1', port: 80 },
    host: 'server',
    path: '/',
    onHead: () => {},
    onBody: async (octets) => {
      body.push(...octets)
    },
  })
  return { answer: await answer, request: await request, body: Buffer.from(body).toString('latin1') }
}

describe('one GET over our own stack', () => {
  it('reads a body of a known length, whatever the pieces are that it comes in', async () => {
    const { answer, request, body } = await fetched(
      'HTTP/1.1 20',
      '0 OK\r\nContent-Le',
      'ngth: 5\r\n\r',
      '\nh\xe4l',
      'lo',
    )
    expect(request).toMatch(/^GET \/ HTTP\/1\.1\r\nHost: server\r\n/)
    expect(answer).toEqual({ status: 200, reason: 'OK', fields: [['Content-Length', '5']], length: 5 })
    expect(body).toBe('h\xe4llo')
  })

  it('puts the chunks of a body together, and passes over interim answers and trailers', async () => {
    const { answer, body } = await fetched(
      'HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;a=b\r',
      '\nfour\r\nA\r\n0123456',
      '789\r\n0\r\nTrailer: y\r\n\r\n',
    )
    expect(answer.length).toBe(14)
    expect(body).toBe('four0123456789')
  })

  it('says of an answer that ends early that it is not whole', async () => {
    const early = fetched('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf')
    await expect(early).rejects.toThrow(HttpError)
    await expect(early).rejects.toThrow(/ended after 4 of 10 octets: the answer is not whole/)
  })
})
