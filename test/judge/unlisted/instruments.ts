/** What breakages are made of: places where something sits between two sound parts. Each acts on octets, levels or times, never on a result. */
import { PLACE, registerPlace } from '../../../boards/chips/enc28j60/places.js'
import { fcsGood, withFcs } from '../../../boards/ethernet/fcs.js'
import type { EthernetPort, FrameSignal } from '../../../boards/ethernet/port.js'
import type { Bench } from '../../../boards/faults/bench.js'
import type { SimulatedBoard } from '../../../boards/model/board.js'
import type { UartEnd } from '../../../boards/rs232/uart-line.js'
import { OPCODE, REGISTERS, type RegisterName } from '../../../firmware/enc28j60/registers.js'

export type ModelBench = Bench<SimulatedBoard>

/** One chip select frame: what is written, and how many octets are read behind it. */
export type SpiFrame = (write: Uint8Array, read: number) => Uint8Array

/** A reply may be changed by whoever has it: those of the chip are its own, and given again. */
function copied(sound: SpiFrame): SpiFrame {
  return (write, read) => Uint8Array.from(sound(write, read))
}

/** Sits at the chip's pins: each chip select frame passes it. */
export function atChipPins({ board }: ModelBench, frame: (sound: SpiFrame) => SpiFrame): void {
  const { chip } = board
  chip.transfer = frame(copied(chip.transfer.bind(chip)))
}

/** Sits at the controller's pins, in front of the wires: its SPI port, and the firmware that feeds it. */
export function atControllerPins({ board }: ModelBench, frame: (sound: SpiFrame) => SpiFrame): void {
  const { wires } = board
  wires.transfer = frame(copied(wires.transfer.bind(wires)))
}

const KIND = 0xe0
const ARGUMENT = 0x1f

/** What an instruction is about. */
export interface Instruction {
  /** The upper three bits, as `OPCODE` has them; of the reset and of buffer memory the whole octet. */
  readonly opcode: number
  /** Of a register instruction, as `PLACE` has it: the bank is looked up in the chip. */
  readonly place: number | undefined
}

export function decode(write: Uint8Array, sound: SpiFrame): Instruction {
  const [octet] = write
  if (octet === OPCODE.RBM || octet === OPCODE.WBM || octet === OPCODE.SRC) return { opcode: octet, place: undefined }
  const bank = sound(Uint8Array.of(OPCODE.RCR | REGISTERS.ECON1.address), 1)[0] & 3
  return { opcode: octet & KIND, place: registerPlace(bank, octet & ARGUMENT) }
}

/** Is it this register that an instruction is about? */
export function isAbout(instruction: Instruction, name: RegisterName): boolean {
  return instruction.place === PLACE[name]
}

/** The chip's registers and memory from within: what happens there without anybody's instruction. The bank stays as it was. */
export class Inside {
  readonly #sound: SpiFrame

  constructor(sound: SpiFrame) {
    this.#sound = sound
  }

  peek(name: RegisterName): number {
    const { address, kind } = REGISTERS[name]
    return this.#inBank(
      name,
      () => this.#sound(Uint8Array.of(OPCODE.RCR | address), kind === 'ETH' ? 1 : 2).at(-1) ?? 0,
    )
  }

  poke(name: RegisterName, value: number): void {
    this.#inBank(name, () => this.#sound(Uint8Array.of(OPCODE.WCR | REGISTERS[name].address, value), 0))
  }

  /** Changes one octet of buffer memory; the pointers are as they were. */
  pokeMemory(at: number, change: (octet: number) => number): void {
    const pointers = (['ERDPTL', 'ERDPTH', 'EWRPTL', 'EWRPTH'] as const).map((name) => [name, this.peek(name)] as const)
    for (const pointer of ['ERDPT', 'EWRPT'] as const) {
      this.poke(`${pointer}L`, at & 0xff)
      this.poke(`${pointer}H`, at >> 8)
    }
    const [octet] = this.#sound(Uint8Array.of(OPCODE.RBM), 1)
    this.#sound(Uint8Array.of(OPCODE.WBM, change(octet)), 0)
    for (const [name, value] of pointers) this.poke(name, value)
  }

  #inBank<T>(name: RegisterName, work: () => T): T {
    const { banks } = REGISTERS[name]
    const select = (bits: number): void => {
      this.#sound(Uint8Array.of(OPCODE.BFC | REGISTERS.ECON1.address, 3), 0)
      this.#sound(Uint8Array.of(OPCODE.BFS | REGISTERS.ECON1.address, bits), 0)
    }
    const before = this.#sound(Uint8Array.of(OPCODE.RCR | REGISTERS.ECON1.address), 1)[0] & 3
    if (banks.includes(before)) return work()
    select(banks[0])
    const result = work()
    select(before)
    return result
  }
}

/** Bits of a register that hold their own opinion: writes do not move them, and they are read as they are. */
export function stickBits(bench: ModelBench, name: RegisterName, mask: number, high: boolean): void {
  const stuck = (value: number): number => (high ? value | mask : value & ~mask)
  atChipPins(bench, (sound) => (write, read) => {
    const instruction = decode(write, sound)
    if (!isAbout(instruction, name)) return sound(write, read)
    const { opcode } = instruction
    if (opcode === OPCODE.WCR) return sound(Uint8Array.of(write[0], stuck(write[1])), read)
    if ((opcode === OPCODE.BFS && !high) || (opcode === OPCODE.BFC && high))
      return sound(Uint8Array.of(write[0], write[1] & ~mask), read)
    const reply = sound(write, read)
    if (opcode === OPCODE.RCR && reply.length > 0) reply[reply.length - 1] = stuck(reply[reply.length - 1])
    return reply
  })
}

/** What a reader of a register is told, whatever it holds. */
export function misread(bench: ModelBench, name: RegisterName, told: (value: number) => number): void {
  atChipPins(bench, (sound) => (write, read) => {
    const instruction = decode(write, sound)
    const reply = sound(write, read)
    if (instruction.opcode === OPCODE.RCR && isAbout(instruction, name) && reply.length > 0)
      reply[reply.length - 1] = told(reply[reply.length - 1])
    return reply
  })
}

/** A PHY register is read by way of MIRD: what its reader is told, whatever it holds. */
export function misreadPhy(bench: ModelBench, address: number, told: (value: number) => number): void {
  let addressed = 0
  atChipPins(bench, (sound) => (write, read) => {
    const instruction = decode(write, sound)
    if (instruction.opcode === OPCODE.WCR && isAbout(instruction, 'MIREGADR')) addressed = write[1]
    const reply = sound(write, read)
    if (instruction.opcode !== OPCODE.RCR || addressed !== address || reply.length === 0) return reply
    const last = reply.length - 1
    if (isAbout(instruction, 'MIRDL')) reply[last] = told(reply[last]) & 0xff
    if (isAbout(instruction, 'MIRDH')) reply[last] = told(reply[last] << 8) >> 8
    return reply
  })
}

/** What comes of a frame that arrives at a jack: the same octets, others, or none: `[]` is carrier without a delimiter. */
export type AtJack = (octets: Uint8Array) => Uint8Array

/** Sits between a jack and the receiver behind it. `heard` false: the receiver sees no carrier of that frame either. */
export function atJack(port: EthernetPort, change: AtJack, heard: (octets: Uint8Array) => boolean = () => true): void {
  const sound = port.receiver
  if (sound === undefined) throw new Error(`nobody is behind ${port.name}: a breakage sits in front of a receiver`)
  const underWay = new Map<FrameSignal, FrameSignal>()
  port.receiver = {
    linkPulse: (inverted) => sound.linkPulse(inverted),
    frameStart: (signal, inverted) => {
      if (!heard(signal.octets)) return
      const mine = { ...signal }
      underWay.set(signal, mine)
      sound.frameStart(mine, inverted)
    },
    frameEnd: (signal, inverted) => {
      const mine = underWay.get(signal)
      underWay.delete(signal)
      if (mine === undefined) return
      const octets = change(signal.octets)
      Object.assign(mine, signal, octets === signal.octets ? {} : { octets, intact: fcsGood(octets) })
      sound.frameEnd(mine, inverted)
    },
  }
}

/** An octet of a frame changed, with the FCS of the frame as it then is: whoever changed it put the FCS over it. */
export function changedAt(octets: Uint8Array, at: number, change: (octet: number) => number): Uint8Array {
  const body = octets.slice(0, -4)
  if (at < body.length) body[at] = change(body[at]) & 0xff
  return withFcs(body)
}

/** An octet changed on the way: the FCS is what it was. */
export function damagedAt(octets: Uint8Array, at: number): Uint8Array {
  const out = octets.slice()
  if (at < out.length) out[at] ^= 0x10
  return out
}

/** Sits between the partner's stack and its card, on the way out. */
export function partnerSends(
  { peer }: ModelBench,
  change: (frame: Uint8Array, send: (frame: Uint8Array) => boolean) => boolean,
): void {
  const { station } = peer
  const sound = station.send.bind(station)
  station.send = (frame) => change(frame, sound)
}

/** Sits between the partner's card and its stack, on the way in. */
export function partnerHears(
  { peer }: ModelBench,
  change: (frame: Uint8Array, take: (frame: Uint8Array) => void) => void,
): void {
  const { station } = peer
  const sound = station.handleFrame
  station.handleFrame = (frame) => change(frame, (each) => sound?.(each))
}

const ARP = 0x0806
const IPV4 = 0x0800
const PROTOCOL_ICMP = 1

function typeOf(frame: Uint8Array): number {
  return (frame[12] << 8) | frame[13]
}

export function isBroadcastFrame(frame: Uint8Array): boolean {
  return frame.subarray(0, 6).every((octet) => octet === 0xff)
}

/** @param operation 1 a request, 2 an answer (RFC 826) */
export function isArp(frame: Uint8Array, operation: 1 | 2): boolean {
  return typeOf(frame) === ARP && frame[21] === operation
}

export const ICMP_AT = 34

/** @param type 8 a request, 0 its answer (RFC 792) */
export function isEcho(frame: Uint8Array, type: 0 | 8): boolean {
  return typeOf(frame) === IPV4 && frame[23] === PROTOCOL_ICMP && frame[ICMP_AT] === type
}

/** The checksum of RFC 1071 over a stretch of octets. */
function checksum(octets: Uint8Array, from: number, to: number): number {
  let sum = 0
  for (let at = from; at < to; at += 2) sum += (octets[at] << 8) | (at + 1 < to ? octets[at + 1] : 0)
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16)
  return ~sum & 0xffff
}

function writeChecksum(frame: Uint8Array, at: number, from: number, to: number): Uint8Array {
  frame[at] = frame[at + 1] = 0
  const sum = checksum(frame, from, to)
  frame[at] = sum >> 8
  frame[at + 1] = sum
  return frame
}

/** Puts the ICMP checksum over what a frame carries now. */
export function withIcmpChecksum(frame: Uint8Array): Uint8Array {
  return writeChecksum(frame, ICMP_AT + 2, ICMP_AT, 14 + ((frame[16] << 8) | frame[17]))
}

/** Puts the checksum over an IPv4 header without options as it is now. */
export function withHeaderChecksum(frame: Uint8Array): Uint8Array {
  return writeChecksum(frame, 24, 14, ICMP_AT)
}

/** Sits between the line and the receiver at one of its ends. */
export function atReceiver(end: UartEnd, change: (octets: Uint8Array) => readonly number[] | Uint8Array): void {
  const sound = end.arrive.bind(end)
  end.arrive = (octets, errors, times) => {
    const changed = change(octets)
    if (changed === octets) sound(octets, errors, times)
    // Octets that are not those that came have no times of their own.
    else if (changed.length > 0) sound(Uint8Array.from(changed), undefined, undefined)
  }
}

/** Sits in front of the transmitter at one of its ends. */
export function atTransmitter(end: UartEnd, change: (octets: Uint8Array) => Uint8Array): void {
  const sound = end.write.bind(end)
  end.write = (octets) => sound(change(octets))
}

/** A pulse on RESET, long enough to be one (DS39662 table 16-3: 400 ns). */
export function pulseReset({ lab, board }: ModelBench): void {
  board.chip.setResetPin(false)
  lab.clock.after(1_000, () => board.chip.setResetPin(true))
}

/** Again and again, the first time one period from now. */
export function repeat({ lab }: ModelBench, period: number, action: () => void): void {
  lab.clock.after(period, () => {
    action()
    repeat({ lab } as ModelBench, period, action)
  })
}

/** True every so many calls. */
export function everyNth(n: number): () => boolean {
  let count = 0
  return () => ++count % n === 0
}

/** INT as the controller sees it: high where nobody says otherwise, until `drive` says so. */
export function interruptWire({ board }: ModelBench): { drive(high: boolean): void } {
  const { chip, wires } = board
  let high = true
  Object.defineProperty(chip, 'interruptHigh', { get: () => high })
  wires.intOpen = true
  return {
    drive(level) {
      high = level
      wires.intOpen = true
      wires.intOpen = level
    },
  }
}
