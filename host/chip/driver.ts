/**
 * The chip of any target by hand: registers, PHY, buffer memory, frames. The driver routines are the firmware's own
 * (`firmware/enc28j60/`); this gives them promises, and the board its chip back at the end.
 *
 *     import { openChip, openTarget } from 'linkpulse'
 *     const chip = await openChip(await openTarget('model:uno'))
 *     const revision = await chip.read('EREVID')
 *     await chip.close()
 */
import { BOARDS } from '../../boards/catalogue/catalogue.js'
import { Batch, ChipAccess, type PairName, readPair, readRegisters } from '../../firmware/enc28j60/access.js'
import { type ChipConfig, DEFAULT_CONFIG, enableReceiver, initialise } from '../../firmware/enc28j60/initialise.js'
import { type LineStatus, readLineStatus, readPhy, writePhy } from '../../firmware/enc28j60/phy.js'
import { type ReceiveOutcome, ReceivePosition, receiveFrame, recoverReceiver } from '../../firmware/enc28j60/receive.js'
import { BUFFER_SIZE, type PhyRegisterName, REGISTERS, type RegisterName } from '../../firmware/enc28j60/registers.js'
import { type ChipIdentity, resetChip } from '../../firmware/enc28j60/reset.js'
import { type TransmitOutcome, transmitFrame } from '../../firmware/enc28j60/transmit.js'
import { MILLISECOND, SECOND } from '../../firmware/hal/clock.js'
import type { SpiProgram } from '../../firmware/hal/spi.js'
import { mac } from '../../firmware/net/address.js'
import type { TargetSession } from '../check/session.js'
import { sessionOn } from '../check/session-on.js'
import type { ReportedFinding } from '../check/types.js'
import { TargetError } from '../errors/errors.js'
import { sleepOnClock } from '../serial/drive.js'
import type { Target } from '../target/target.js'
import { pairNamed } from './register-words.js'

/** How long a board may take to answer. */
const SESSION_LIMIT = 5 * SECOND
/** Octets of buffer memory that one transfer reads or writes: a bridge takes no more in a step. */
const PIECE = 256
const POLL = 1 * MILLISECOND
const LONGEST_WAIT = 60 * SECOND

/** Any register, or two that hold one value (`ERDPT`: ERDPTL and ERDPTH). */
export type ChipRegisterName = RegisterName | PairName

export class ChipDriver {
  readonly #target: Target
  readonly #session: TargetSession
  readonly #access = new ChipAccess()
  readonly #position = new ReceivePosition()
  #config: ChipConfig | undefined

  /** Use `openChip`. @param session open, with the chip lent to this end */
  constructor(target: Target, session: TargetSession) {
    this.#target = target
    this.#session = session
  }

  /** Reads a register (RCR), or both octets of a pair. */
  read(name: ChipRegisterName): Promise<number> {
    const pair = pairNamed(name)
    if (pair !== undefined) return this.#run(readPair(this.#access, pair))
    return this.#run(readRegisters(this.#access, [name as RegisterName])).then(([value]) => value)
  }

  /** Writes a register (WCR), or both octets of a pair, the low one first. @throws RangeError for a value that does not fit */
  write(name: ChipRegisterName, value: number): Promise<void> {
    const pair = pairNamed(name)
    inRange(`a value of ${name}`, value, pair === undefined ? 0xff : 0xffff)
    const batch = new Batch(this.#access)
    if (pair !== undefined) batch.writePair(pair, value)
    else batch.write(name as RegisterName, value)
    if (name === 'ECON1') this.#access.forget() // its two lowest bits are the bank
    return this.#run(batch.run()).then(() => {
      if (name === 'ECON1') this.#access.forget()
    })
  }

  /** Sets bits: BFS where the data sheet allows it (ETH registers), else by reading and writing. */
  set(name: RegisterName, mask: number): Promise<void> {
    return this.#change(name, mask, (value) => value | mask)
  }

  /** Clears bits: BFC where the data sheet allows it (ETH registers), else by reading and writing. */
  clear(name: RegisterName, mask: number): Promise<void> {
    return this.#change(name, mask, (value) => value & ~mask)
  }

  /** Reads a register of the PHY through the MII (DS39662 3.3.1). @throws ChipError when the MII stays busy */
  readPhy(name: PhyRegisterName): Promise<number> {
    return this.#run(readPhy(this.#access, name))
  }

  /** Writes a register of the PHY (DS39662 3.3.2). @throws RangeError for a value that does not fit; ChipError */
  writePhy(name: PhyRegisterName, value: number): Promise<void> {
    inRange(`a value of ${name}`, value, 0xffff)
    return this.#run(writePhy(this.#access, name, value))
  }

  /**
   * Reads buffer memory (RBM); ERDPT is afterwards as it was.
   * @param address 0 to 1FFFh; what follows 1FFFh is 0000h
   */
  readMemory(address: number, length: number): Promise<Uint8Array> {
    inRange('an address', address, BUFFER_SIZE - 1)
    inRange('a length', length, BUFFER_SIZE)
    return this.#run(this.#readMemory(address, length))
  }

  /** Writes buffer memory (WBM); EWRPT is afterwards as it was. */
  writeMemory(address: number, octets: Uint8Array): Promise<void> {
    inRange('an address', address, BUFFER_SIZE - 1)
    inRange('a length', octets.length, BUFFER_SIZE)
    return this.#run(this.#writeMemory(address, octets))
  }

  /** System reset (SRC), and what answers then. @throws ChipError where no chip answers, or its clock does not run */
  async reset(): Promise<ChipIdentity> {
    this.#config = undefined
    return this.#run(resetChip(this.#access))
  }

  /** Resets the chip and sets it up as our driver does, for frames to be sent and received. @throws ChipError */
  async init(config: Partial<ChipConfig> = {}): Promise<ChipConfig> {
    const whole = { ...DEFAULT_CONFIG, address: this.#station, ...config }
    const access = this.#access
    const position = this.#position
    await this.#run(
      (function* (): SpiProgram<void> {
        yield* resetChip(access)
        yield* initialise(access, whole)
        yield* enableReceiver(access)
        position.packet = 0
      })(),
    )
    this.#config = whole
    return whole
  }

  /** What the PHY says of the line. */
  link(): Promise<LineStatus> {
    return this.#run(readLineStatus(this.#access))
  }

  /** The INT pin: true while it is high, which is while the chip asks for nothing; undefined where the board cannot read it. */
  interruptHigh(): Promise<boolean | undefined> {
    return this.#target.drive(this.#session.interruptHigh())
  }

  /**
   * Sends a frame, padded to 60 octets and with its FCS by the chip, and waits for its end.
   * @param frame from the destination address on
   * @throws RangeError before `init`, and for a frame that is too long
   */
  send(frame: Uint8Array): Promise<TransmitOutcome> {
    const config = this.#ready('send')
    if (frame.length < 14 || frame.length > config.maximumFrame - 4) {
      throw new RangeError(`a frame has 14 to ${config.maximumFrame - 4} octets before its FCS; got ${frame.length}`)
    }
    return this.#run(transmitFrame(this.#access, config, frame))
  }

  /**
   * The next frame that came, and waits for one as long as it is told. A header that contradicts itself ends the wait, and empties the FIFO.
   * @param limit nanoseconds
   * @throws RangeError before `init`
   */
  receive(limit = 0): Promise<ReceiveOutcome | undefined> {
    const config = this.#ready('receive')
    const access = this.#access
    const position = this.#position
    return this.#run(
      (function* (): SpiProgram<ReceiveOutcome | undefined> {
        for (let left = limit; ; left -= POLL) {
          const outcome = yield* receiveFrame(access, config, position)
          if (outcome?.kind === 'corrupt') yield* recoverReceiver(access, config, position)
          if (outcome !== undefined || left <= 0) return outcome
          yield { wait: POLL }
        }
      })(),
    )
  }

  /** Lets time pass: a simulated board's passes only while something is done with it. @param nanoseconds up to a minute */
  wait(nanoseconds: number): Promise<void> {
    inRange('a wait in nanoseconds', nanoseconds, LONGEST_WAIT)
    return this.#target.drive(sleepOnClock(this.#target.clock, nanoseconds))
  }

  /** Every register that is not reserved, in the order of the table. */
  async dump(): Promise<ReadonlyMap<RegisterName, number>> {
    const names = (Object.keys(REGISTERS) as RegisterName[]).filter((name) => !REGISTERS[name].withdrawn)
    const values = new Map<RegisterName, number>()
    for (let at = 0; at < names.length; at += 16) {
      const some = names.slice(at, at + 16)
      const read = await this.#run(readRegisters(this.#access, some))
      for (const [index, name] of some.entries()) values.set(name, read[index])
    }
    return values
  }

  /** Octets as they are (DS39662 4.2), one chip select. @param read octets to read behind them */
  async raw(write: Uint8Array, read = 0): Promise<Uint8Array> {
    this.#access.forget()
    const replies = await this.#run(transfer(write, read))
    return replies[0]
  }

  /** Rules of the data sheet that were broken so far, where the chip is simulated; empty with a real one. */
  get findings(): readonly ReportedFinding[] {
    return this.#target.surroundings?.findings() ?? []
  }

  /** Gives the board its chip back: one that runs a stack of its own initialises it again. The target stays open. */
  async close(): Promise<void> {
    await this.#target.drive(this.#end())
  }

  async #end(): Promise<void> {
    await this.#session.handBack()
    await this.#session.close()
  }

  /**
   * Runs an SPI program of the caller's (`firmware/hal/spi.ts`). It has a `ChipAccess` of its own: this driver forgets which bank is selected,
   * because the program may leave another. @throws ChipError
   */
  run<T>(program: SpiProgram<T>): Promise<T> {
    this.#access.forget()
    return this.#run(program)
  }

  #run<T>(program: SpiProgram<T>): Promise<T> {
    return this.#target.drive(this.#session.run(program))
  }

  async #change(name: RegisterName, mask: number, changed: (value: number) => number): Promise<void> {
    inRange(`a mask of ${name}`, mask, 0xff)
    if (REGISTERS[name].kind !== 'ETH') {
      await this.write(name, changed(await this.read(name)) & 0xff)
      return
    }
    const set = changed(0) !== 0
    const batch = new Batch(this.#access)
    await this.#run((set ? batch.set(name, mask) : batch.clear(name, mask)).run())
    if (name === 'ECON1') this.#access.forget()
  }

  *#readMemory(address: number, length: number): SpiProgram<Uint8Array> {
    const access = this.#access
    const before = yield* readPair(access, 'ERDPT')
    const end = yield* readPair(access, 'ERXND')
    const octets = new Uint8Array(length)
    for (let done = 0; done < length; ) {
      const from = (address + done) % BUFFER_SIZE
      // ERDPT goes from ERXND to ERXST by itself (DS39662 3.2.3): what lies behind is read from a pointer of its own.
      const upTo = from <= end ? end + 1 : BUFFER_SIZE
      const count = Math.min(length - done, upTo - from, PIECE)
      const batch = new Batch(access).writePair('ERDPT', from)
      const reply = batch.readBuffer(count)
      yield* batch.run()
      octets.set(reply.octets, done)
      done += count
    }
    yield* new Batch(access).writePair('ERDPT', before).run()
    access.readPointer = undefined
    return octets
  }

  *#writeMemory(address: number, octets: Uint8Array): SpiProgram<void> {
    const access = this.#access
    const before = yield* readPair(access, 'EWRPT')
    for (let done = 0; done < octets.length; ) {
      const from = (address + done) % BUFFER_SIZE
      const count = Math.min(octets.length - done, BUFFER_SIZE - from, PIECE)
      yield* new Batch(access)
        .writePair('EWRPT', from)
        .writeBuffer(octets.subarray(done, done + count))
        .run()
      done += count
    }
    yield* new Batch(access).writePair('EWRPT', before).run()
  }

  /** @throws RangeError before `init` */
  #ready(what: string): ChipConfig {
    if (this.#config !== undefined) return this.#config
    throw new RangeError(`${what} needs a chip that has been set up: \`init\` first`)
  }

  get #station(): Uint8Array {
    const { surroundings, board } = this.#target
    const definition = surroundings?.board ?? BOARDS.get(board || (this.#session.identity?.board ?? ''))
    return mac((definition ?? BOARDS.get('uno')!).network.station)
  }
}

function* transfer(write: Uint8Array, read: number): SpiProgram<readonly Uint8Array[]> {
  return yield { transfers: [{ write, read }] }
}

function inRange(what: string, value: number, most: number): void {
  if (Number.isInteger(value) && value >= 0 && value <= most) return
  throw new RangeError(
    `${what} is a whole number from 0 to ${most} (${most.toString(16).toUpperCase()}h); got ${value}`,
  )
}

/**
 * Borrows the chip of a board; `close` gives it back.
 * @throws TargetError when no board answers
 */
export async function openChip(target: Target): Promise<ChipDriver> {
  const session = sessionOn(target)
  const open = async (): Promise<void> => {
    if (!(await session.begin(SESSION_LIMIT))) {
      await session.close()
      throw new TargetError(
        `no board answers on ${target.name} within ${SESSION_LIMIT / SECOND} s; \`linkpulse check ${target.name}\` says why`,
      )
    }
    await session.settle()
    await session.bridge()
  }
  await target.drive(open())
  return new ChipDriver(target, session)
}
