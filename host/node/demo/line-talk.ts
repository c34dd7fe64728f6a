/** One side of a conversation in lines that end in CRLF, as FTP, SMTP and POP3 have it: each line is told as it is sent. */
import type { Duplex } from 'node:stream'
import type { DemoSide, ServerStage } from './demo.js'

export class LineTalk {
  readonly #stage: ServerStage
  readonly #side: DemoSide
  #stream: Duplex
  #text = ''
  #ended = false
  #waiting: (() => void) | undefined
  #failure: Error | undefined

  constructor(stage: ServerStage, side: DemoSide, stream: Duplex) {
    this.#stage = stage
    this.#side = side
    this.#stream = stream
    this.#listen(stream)
  }

  readonly #take = (octets: Buffer) => {
    this.#text += octets.toString('utf8')
    this.#waiting?.()
  }

  #listen(stream: Duplex): void {
    stream.on('data', this.#take)
    stream.on('end', () => {
      if (stream !== this.#stream) return
      this.#ended = true
      this.#waiting?.()
    })
    stream.on('error', (error) => {
      this.#failure = error
      this.#waiting?.()
    })
  }

  /** From now on the conversation goes on inside of this stream. @returns the one before, which nobody reads any more */
  switchTo(make: (plain: Duplex) => Duplex): void {
    const plain = this.#stream
    plain.off('data', this.#take)
    this.#stream = make(plain)
    this.#listen(this.#stream)
  }

  send(line: string, isTold = true): void {
    if (isTold) this.#stage.says(this.#side, line)
    // Lines that are said together go together: the second of two small segments waits for the first one's acknowledgement (RFC 9293 3.7.4).
    this.#stream.cork()
    this.#stream.write(`${line}\r\n`)
    const stream = this.#stream
    process.nextTick(() => stream.uncork())
  }

  /** The next line without its end; undefined at the end of the stream. @throws what broke the connection */
  async line(): Promise<string | undefined> {
    for (;;) {
      const end = this.#text.indexOf('\r\n')
      if (end >= 0) {
        const line = this.#text.slice(0, end)
        this.#text = this.#text.slice(end + 2)
        return line
      }
      if (this.#failure !== undefined) throw this.#failure
      if (this.#ended) return undefined
      await new Promise<void>((resolve) => {
        this.#waiting = resolve
      })
      this.#waiting = undefined
    }
  }

  /** As a client: the answer, whose first word it must be. @throws Error for another one */
  async expect(code: string): Promise<string> {
    for (;;) {
      const line = await this.line()
      if (line === undefined || !line.startsWith(code)) throw new Error(`${code} was expected; there came ${line}`)
      // RFC 5321 4.2.1, RFC 959 4.2: the last line of several has no hyphen.
      if (line[code.length] !== '-') return line
    }
  }

  /** Says a line, and waits for its answer. */
  ask(line: string, code: string): Promise<string> {
    this.send(line)
    return this.expect(code)
  }

  end(): void {
    this.#stream.end()
  }
}
