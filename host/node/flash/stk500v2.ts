/**
 * STK500 protocol, version 2 (Atmel AVR068, 2006), as the boot loader of the Arduino Mega speaks it: stk500boot. The host asks,
 * the board answers; every message has a sequence number, which its answer repeats, and a checksum.
 */
import { type Clock, MILLISECOND } from '../../../firmware/hal/clock.js'
import { hexText } from '../../../firmware/text/hex-text.js'
import { TargetError } from '../../errors/errors.js'
import { hexOctets } from '../../hex-octets.js'
import { type FlashExchange, whatCame } from './exchange.js'
import { answerInTime, type FlashLoader, loaderFailed } from './loader.js'

// AVR068, "Protocol layer", "Command format" and "Return values"
const MESSAGE_START = 0x1b
const TOKEN = 0x0e
const CMD_SIGN_ON = 0x01
const CMD_LOAD_ADDRESS = 0x06
const CMD_ENTER_PROGMODE_ISP = 0x10
const CMD_LEAVE_PROGMODE_ISP = 0x11
const CMD_PROGRAM_FLASH_ISP = 0x13
const CMD_READ_FLASH_ISP = 0x14
const CMD_READ_SIGNATURE_ISP = 0x1b
const STATUS_CMD_OK = 0x00

/**
 * The times and SPI instructions of the part, as a programmer on the ISP pins needs them (ATmega2560 data sheet, "Serial Programming
 * Instruction Set"). A boot loader needs none of it, but looks where the fields behind them are.
 */
const ENTER_PROGRAMMING = [200, 100, 25, 32, 0, 0x53, 3, 0xac, 0x53, 0, 0]
const PAGE_MODE = [0xc1, 10, 0x40, 0x4c, 0x20, 0, 0]
const READ_PROGRAM_MEMORY = 0x20
const READ_SIGNATURE = 0x30
const LEAVE_PROGRAMMING = [1, 1]
/** Of a part with more than 64 Ki words: the address is one of them all (AVR068 CMD_LOAD_ADDRESS). */
const EXTENDED_ADDRESS = 0x8000_0000

/** As in version 1: a page takes milliseconds, the rest is for a computer that is busy. */
const TIMEOUT = 3_000 * MILLISECOND
/** Between tries to be heard: the boot loader listens for about a second after reset. */
const SIGN_ON_TIMEOUT = 200 * MILLISECOND
const LATE_TIMEOUT = 1_000 * MILLISECOND
const SIGN_ON_TRIES = 30
/** The line is quiet for this long when nothing more is to come. */
const QUIET = 50 * MILLISECOND
/** The boot loader takes a message of this number whatever came before, and after it only the next one. */
const FIRST = 1
const HEADER = 5

export class Stk500v2 implements FlashLoader {
  readonly #exchange: FlashExchange
  readonly #clock: Clock
  readonly #path: string
  #next = FIRST

  /** @param path what to call the port in errors */
  constructor(exchange: FlashExchange, clock: Clock, path: string) {
    this.#exchange = exchange
    this.#clock = clock
    this.#path = path
  }

  /**
   * Signs on until the boot loader has answered twice in a row, with nothing after the answer. It does not listen while it answers: what
   * was sent before it listened, and is answered late, would cost the next question some of its octets.
   * @throws TargetError when nothing that speaks STK500 version 2 answers
   */
  async synchronise(): Promise<void> {
    let heard = 0
    let clean = 0
    for (let attempt = 0; attempt < SIGN_ON_TRIES; attempt++) {
      this.#exchange.discard()
      this.#send([CMD_SIGN_ON], FIRST)
      // Once something was heard, an answer that is late is on its way.
      const answer = await whatCame(this.#answer(FIRST, heard === 0 ? SIGN_ON_TIMEOUT : LATE_TIMEOUT))
      const more = await whatCame(this.#exchange.receive(1, QUIET))
      heard += answer.length + more.length
      const good = answer[0] === CMD_SIGN_ON && answer[1] === STATUS_CMD_OK && more.length === 0
      clean = good ? clean + 1 : 0
      if (clean === 2) {
        this.#next = FIRST + 1
        return
      }
    }
    const path = this.#path
    throw new TargetError(
      heard === 0
        ? `no boot loader answers on ${path}: press the board's RESET button as the upload begins, and check that the port is the board's and that the board has a boot loader: linkpulse doctor ${path} --probe`
        : `what answers on ${path} is no boot loader that speaks STK500 version 2 (${heard} octets, none of them its): press the board's RESET button as the upload begins, and check the board's name; linkpulse doctor ${path} tells who is there`,
    )
  }

  async signature(): Promise<Uint8Array> {
    const octets: number[] = []
    for (const index of [0, 1, 2]) {
      const command = [CMD_READ_SIGNATURE_ISP, 4, READ_SIGNATURE, 0, index, 0]
      octets.push((await this.#ask(command, 2, "the controller's signature"))[0])
    }
    return Uint8Array.from(octets)
  }

  async enterProgramming(): Promise<void> {
    await this.#ask([CMD_ENTER_PROGMODE_ISP, ...ENTER_PROGRAMMING], 0, 'to enter programming mode')
  }

  async leaveProgramming(): Promise<void> {
    await this.#ask([CMD_LEAVE_PROGMODE_ISP, ...LEAVE_PROGRAMMING], 0, 'to leave programming mode')
  }

  async writePage(address: number, page: Uint8Array): Promise<void> {
    await this.#load(address)
    const command = [CMD_PROGRAM_FLASH_ISP, page.length >> 8, page.length & 0xff, ...PAGE_MODE, ...page]
    await this.#ask(command, 0, `to write the page at ${hexText(address, 5)}`)
  }

  async readPage(address: number, length: number): Promise<Uint8Array> {
    await this.#load(address)
    const command = [CMD_READ_FLASH_ISP, length >> 8, length & 0xff, READ_PROGRAM_MEMORY]
    // Behind the octets stands another status.
    return (await this.#ask(command, length + 1, `to read the page at ${hexText(address, 5)}`)).subarray(0, length)
  }

  /** @param address in octets; the protocol counts words of two */
  async #load(address: number): Promise<void> {
    const word = ((address >> 1) | EXTENDED_ADDRESS) >>> 0
    const command = [CMD_LOAD_ADDRESS, word >>> 24, (word >>> 16) & 0xff, (word >>> 8) & 0xff, word & 0xff]
    await this.#ask(command, 0, `to go to address ${hexText(address, 5)}`)
  }

  /** One command and what its answer has behind the status: `count` octets. */
  async #ask(command: readonly number[], count: number, what: string): Promise<Uint8Array> {
    const number = this.#next
    this.#next = (this.#next + 1) & 0xff
    this.#send(command, number)
    const answer = await answerInTime(this.#clock, this.#path, what, this.#answer(number, TIMEOUT))
    if (answer[0] === command[0] && answer[1] === STATUS_CMD_OK && answer.length === 2 + count)
      return answer.subarray(2)
    throw loaderFailed(this.#path, what, `it answered something else (${hexOctets(answer.subarray(0, 8))})`)
  }

  #send(body: readonly number[], number: number): void {
    const message = [MESSAGE_START, number, body.length >> 8, body.length & 0xff, TOKEN, ...body]
    this.#exchange.send([...message, checksum(message)])
  }

  /**
   * The body of the answer with this number; what is damaged, or has another number, is passed over.
   * @throws NoAnswerError
   */
  async #answer(number: number, timeout: number): Promise<Uint8Array> {
    for (;;) {
      let header = await this.#exchange.receive(HEADER, timeout)
      while (header[0] !== MESSAGE_START || header[HEADER - 1] !== TOKEN) {
        header = Uint8Array.of(...header.subarray(1), ...(await this.#exchange.receive(1, timeout)))
      }
      const size = (header[2] << 8) | header[3]
      const rest = await this.#exchange.receive(size + 1, timeout)
      const body = rest.subarray(0, size)
      if (header[1] === number && checksum([...header, ...body]) === rest[size]) return body
    }
  }
}

/** Exclusive or of all octets before it (AVR068, "Message format"). */
function checksum(octets: readonly number[]): number {
  return octets.reduce((sum, octet) => sum ^ octet, 0)
}
