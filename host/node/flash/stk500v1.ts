/**
 * STK500 protocol, version 1 (Atmel AVR061, 2003), as the boot loaders of Arduino boards speak it: optiboot and the older
 * ATmegaBOOT. The host asks, the board answers 14h … 10h; everything is framed by CRC_EOP (20h).
 */
import { type Clock, MILLISECOND } from '../../../firmware/hal/clock.js'
import { hexText } from '../../../firmware/text/hex-text.js'
import { TargetError } from '../../errors/errors.js'
import { type FlashExchange, whatCame } from './exchange.js'
import { answerInTime, type FlashLoader, loaderFailed } from './loader.js'

// AVR061, "Command descriptions" and "Response"
const CRC_EOP = 0x20
const STK_OK = 0x10
const STK_INSYNC = 0x14
const STK_NOSYNC = 0x15
const STK_GET_SYNC = 0x30
const STK_GET_PARAMETER = 0x41
const STK_ENTER_PROGMODE = 0x50
const STK_LEAVE_PROGMODE = 0x51
const STK_LOAD_ADDRESS = 0x55
const STK_PROG_PAGE = 0x64
const STK_READ_PAGE = 0x74
const STK_READ_SIGN = 0x75
const PARAMETER_SW_MAJOR = 0x81
const FLASH = 0x46 // 'F'

/**
 * An answer takes 3 octets at 57600 baud and what the boot loader does; a page takes 4.5 ms an erase and a write. The rest
 * is for a computer that is busy: it costs nothing where an answer comes.
 */
const TIMEOUT = 3_000 * MILLISECOND
/** Between tries to be heard: a boot loader listens for about a second after reset. */
const SYNC_TIMEOUT = 200 * MILLISECOND
const LATE_TIMEOUT = 1_000 * MILLISECOND
const SYNC_TRIES = 30
/** The line is quiet for this long when nothing more is to come. */
const QUIET = 50 * MILLISECOND

export class Stk500v1 implements FlashLoader {
  readonly #exchange: FlashExchange
  readonly #clock: Clock
  readonly #path: string

  /** @param path what to call the port in errors */
  constructor(exchange: FlashExchange, clock: Clock, path: string) {
    this.#exchange = exchange
    this.#clock = clock
    this.#path = path
  }

  /**
   * Asks until the boot loader has answered twice in a row, each time with one answer and nothing after it. Questions from
   * before it listened may still be on their way when it begins to answer, and a boot loader that reads half of one
   * resets: so the first answer proves nothing yet.
   * @throws TargetError when nothing that speaks STK500 answers
   */
  async synchronise(): Promise<void> {
    let heard = 0
    let clean = 0
    for (let attempt = 0; attempt < SYNC_TRIES; attempt++) {
      this.#exchange.discard()
      this.#exchange.send([STK_GET_SYNC, CRC_EOP])
      // Once something has been heard, an answer that is late is on its way; asking again would only put us out of step.
      const answer = await whatCame(this.#exchange.receive(2, heard === 0 ? SYNC_TIMEOUT : LATE_TIMEOUT))
      const more = answer.length === 2 ? await whatCame(this.#exchange.receive(1, QUIET)) : answer
      heard += answer.length
      const good = answer[0] === STK_INSYNC && answer[1] === STK_OK && more.length === 0
      clean = good ? clean + 1 : 0
      if (clean === 2) return this.#inStep()
    }
    throw new TargetError(
      heard === 0
        ? `no boot loader answers on ${this.#path}: press the board's RESET button as the upload begins, try its other rate (--baud 57600 or 115200: Nanos have either), and check that the port is the board's and that the board has a boot loader: linkpulse doctor ${this.#path} --probe`
        : `what answers on ${this.#path} is no boot loader (${heard} octets, none of them in step with STK500): press the board's RESET button as the upload begins, and check the board's name and the rate (--baud 57600 or 115200); linkpulse doctor ${this.#path} tells who is there`,
    )
  }

  /**
   * Passes over what still answers earlier questions: on a busy computer an answer may come later than the next question. The
   * answer to this one is longer than theirs, and cannot be taken for one.
   */
  async #inStep(): Promise<void> {
    this.#exchange.send([STK_GET_PARAMETER, PARAMETER_SW_MAJOR, CRC_EOP])
    for (;;) {
      const answer = await whatCame(this.#exchange.receive(2, TIMEOUT))
      if (answer[0] === STK_INSYNC && answer[1] === STK_OK) continue
      const end = await whatCame(this.#exchange.receive(1, TIMEOUT))
      if (answer[0] === STK_INSYNC && end[0] === STK_OK) return
      throw loaderFailed(
        this.#path,
        'its version',
        `it answered something else (${octets(Uint8Array.of(...answer, ...end))})`,
      )
    }
  }

  signature(): Promise<Uint8Array> {
    return this.#ask([STK_READ_SIGN], 3, "the controller's signature")
  }

  async enterProgramming(): Promise<void> {
    await this.#ask([STK_ENTER_PROGMODE], 0, 'to enter programming mode')
  }

  /** The board starts what was flashed. */
  async leaveProgramming(): Promise<void> {
    await this.#ask([STK_LEAVE_PROGMODE], 0, 'to leave programming mode')
  }

  /** @param address in octets; the protocol counts words of two (AVR061 STK_LOAD_ADDRESS). */
  async writePage(address: number, page: Uint8Array): Promise<void> {
    await this.#load(address)
    const what = `to write the page at ${hexText(address, 4)}`
    await this.#ask([STK_PROG_PAGE, page.length >> 8, page.length & 0xff, FLASH, ...page], 0, what)
  }

  async readPage(address: number, length: number): Promise<Uint8Array> {
    await this.#load(address)
    const what = `to read the page at ${hexText(address, 4)}`
    return this.#ask([STK_READ_PAGE, length >> 8, length & 0xff, FLASH], length, what)
  }

  async #load(address: number): Promise<void> {
    const word = address >> 1
    await this.#ask([STK_LOAD_ADDRESS, word & 0xff, word >> 8], 0, `to go to address ${hexText(address, 4)}`)
  }

  /** One command and its answer: STK_INSYNC, `count` octets, STK_OK. */
  async #ask(command: readonly number[], count: number, what: string): Promise<Uint8Array> {
    this.#exchange.send([...command, CRC_EOP])
    const answer = await answerInTime(this.#clock, this.#path, what, this.#exchange.receive(count + 2, TIMEOUT))
    if (answer[0] === STK_INSYNC && answer[count + 1] === STK_OK) return answer.subarray(1, -1)
    const said = answer[0] === STK_NOSYNC ? 'that it lost its place' : `something else (${octets(answer)})`
    throw loaderFailed(this.#path, what, `it answered ${said}`)
  }
}

function octets(data: Uint8Array): string {
  return [...data.subarray(0, 8)].map((octet) => octet.toString(16).padStart(2, '0')).join(' ')
}
