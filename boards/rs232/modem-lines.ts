/**
 * The control circuits beside the data: who drives which, and what reaches the other end. ITU-T V.24 numbers them, EIA-232
 * calls them by two letters, everybody by what they ask.
 */
import { Listeners } from '../../firmware/hal/listeners.js'

/**
 * Request to send (105), ready for sending (106), data terminal ready (108/2), data set ready (107), received line signal
 * detector (109), calling indicator (125). A DTE drives RTS and DTR, a DCE the others.
 */
export type ModemCircuit = 'rts' | 'cts' | 'dtr' | 'dsr' | 'dcd' | 'ri'
export const MODEM_CIRCUITS: readonly ModemCircuit[] = ['rts', 'cts', 'dtr', 'dsr', 'dcd', 'ri']

/** DTE: a computer. DCE: a modem. They drive opposite circuits. */
export type Role = 'dte' | 'dce'

/** Which of the other end's circuits each input hears; one that is not named hears nothing and is off. */
export type ModemWiring = Readonly<Partial<Record<ModemCircuit, ModemCircuit>>>

export interface ModemCable {
  readonly name: string
  readonly title: string
  readonly roles: readonly [Role, Role]
  /** What the inputs of end a receive from end b, and those of b from a. */
  readonly a: ModemWiring
  readonly b: ModemWiring
  /** At each end, inputs that are bridged to outputs of the same plug. */
  readonly bridged?: ModemWiring
}

const NULL_MODEM: ModemWiring = { cts: 'rts', dsr: 'dtr', dcd: 'dtr' }

/** What is sold as a serial cable, as far as the control circuits go. */
export const MODEM_CABLES: Readonly<Record<'three-wire' | 'straight' | 'null-modem' | 'bridged', ModemCable>> = {
  'three-wire': { name: 'three-wire', title: 'TXD, RXD and ground only', roles: ['dte', 'dte'], a: {}, b: {} },
  straight: {
    name: 'straight',
    title: 'a computer (DTE) and a modem (DCE), pin to pin',
    roles: ['dte', 'dce'],
    a: { cts: 'cts', dsr: 'dsr', dcd: 'dcd', ri: 'ri' },
    b: { rts: 'rts', dtr: 'dtr' },
  },
  'null-modem': {
    name: 'null-modem',
    title: 'two computers (DTE), RTS to CTS, DTR to DSR and DCD',
    roles: ['dte', 'dte'],
    a: NULL_MODEM,
    b: NULL_MODEM,
  },
  bridged: {
    name: 'bridged',
    title: 'three wires, with RTS bridged to CTS and DTR to DSR and DCD in each plug',
    roles: ['dte', 'dte'],
    a: {},
    b: {},
    bridged: NULL_MODEM,
  },
}

export function isOutput(role: Role, circuit: ModemCircuit): boolean {
  const byDte = circuit === 'rts' || circuit === 'dtr'
  return byDte === (role === 'dte')
}

/** The control circuits of one end. An output is off until it is set; so is an input that nobody drives. */
export class ModemEnd {
  #role: Role
  readonly #outputs = new Map<ModemCircuit, boolean>()
  readonly #listeners = new Listeners<[circuit: ModemCircuit, on: boolean]>()
  #wired: (circuit: ModemCircuit) => boolean = () => false
  #hears: (circuit: ModemCircuit) => boolean = () => false
  #told: (circuit: ModemCircuit) => void = () => {}

  constructor(role: Role) {
    this.#role = role
  }

  get role(): Role {
    return this.#role
  }

  /** Whether a circuit is ON at this end, driven here or there. */
  get(circuit: ModemCircuit): boolean {
    return isOutput(this.role, circuit) ? (this.#outputs.get(circuit) ?? false) : this.#hears(circuit)
  }

  /** Whether anything drives a circuit at this end: the end itself, or the cable brings it what an output drives. */
  driven(circuit: ModemCircuit): boolean {
    return isOutput(this.role, circuit) || this.#wired(circuit)
  }

  /** @throws RangeError for a circuit that the other end drives. */
  set(circuit: ModemCircuit, on: boolean): void {
    if (!isOutput(this.role, circuit)) {
      throw new RangeError(
        `${circuit.toUpperCase()} is not driven by a ${this.role.toUpperCase()}, but by the other end`,
      )
    }
    if (this.get(circuit) === on) return
    this.#outputs.set(circuit, on)
    this.tell(circuit, on)
    this.#told(circuit)
  }

  /** Is called for each change of a circuit at this end, its own outputs included. @returns ends the listening. */
  onChange(listener: (circuit: ModemCircuit, on: boolean) => void): () => void {
    return this.#listeners.add(listener)
  }

  /** The cable: where inputs hear, whom a change of an output concerns, and which inputs it leads to an output at all. */
  wire(
    role: Role,
    hears: (circuit: ModemCircuit) => boolean,
    told: (circuit: ModemCircuit) => void,
    wired: (circuit: ModemCircuit) => boolean,
  ): void {
    this.#role = role
    this.#hears = hears
    this.#told = told
    this.#wired = wired
  }

  tell(circuit: ModemCircuit, on: boolean): void {
    this.#listeners.tell(circuit, on)
  }
}

/** Two ends joined by a cable. Changes cross at once: a circuit takes nanoseconds, and nobody counts them. */
export function joinModemLines(cable: ModemCable): { readonly a: ModemEnd; readonly b: ModemEnd } {
  const a = new ModemEnd(cable.roles[0])
  const b = new ModemEnd(cable.roles[1])
  wireModemLines(a, b, cable)
  return { a, b }
}

/** Joins two ends by another cable than before: each hears now what that one brings. */
export function wireModemLines(a: ModemEnd, b: ModemEnd, cable: ModemCable): void {
  const join = (role: Role, here: ModemEnd, there: ModemEnd, wiring: ModemWiring, back: ModemWiring) => {
    const bridged = cable.bridged ?? {}
    here.wire(
      role,
      (circuit) => {
        const far = wiring[circuit]
        const near = bridged[circuit]
        return (far !== undefined && there.get(far)) || (near !== undefined && here.get(near))
      },
      (circuit) => {
        const on = here.get(circuit)
        for (const input of MODEM_CIRCUITS) {
          if (back[input] === circuit) there.tell(input, on)
          if (bridged[input] === circuit) here.tell(input, on)
        }
      },
      (circuit) => {
        const far = wiring[circuit]
        return (far !== undefined && isOutput(there.role, far)) || bridged[circuit] !== undefined
      },
    )
  }
  join(cable.roles[0], a, b, cable.a, cable.b)
  join(cable.roles[1], b, a, cable.b, cable.a)
  for (const end of [a, b]) {
    for (const circuit of MODEM_CIRCUITS) if (!isOutput(end.role, circuit)) end.tell(circuit, end.get(circuit))
  }
}
