/**
 * Line standards as data: what a driver puts on a conductor and what a receiver takes from it. Volts, volts a microsecond,
 * picofarads, metres, bit/s. A balanced line's voltage is that of conductor A against conductor B.
 *
 * `mark` and `space` are what a typical part sends, `limits` what the standard asks for; `reference` says where it stands.
 */

export interface DriverLevels {
  /** Volts of a 1 (mark, OFF) and of a 0 (space, ON). */
  readonly mark: number
  readonly space: number
  /** Volts a microsecond at most, without a load. */
  readonly slew: number
  /** Microamperes with which it charges its load: divided by picofarads, the volts a microsecond on a long cable. */
  readonly current: number
}

export interface ReceiverThresholds {
  /** At or under `low` and at or over `high` it is sure; between the two it stays with what it read last. */
  readonly low: number
  readonly high: number
  /** What it reads above `high`: 0 where the line inverts (RS-232), 1 where it does not (TTL). */
  readonly highIs: 0 | 1
  /** What it reads when nothing drives it: its fail-safe. */
  readonly open: 0 | 1
}

/** What the standard itself asks for, where it differs from what parts do. */
export interface StandardLimits {
  /** A driver sends at least and at most so many volts, in amount, into its load. */
  readonly driver: readonly [number, number]
  /** A receiver knows a signal from so many volts on, in amount; less is undefined. */
  readonly undefinedWithin: readonly [number, number]
  /** Volts at its input that a receiver survives, from and to. */
  readonly survives: readonly [number, number]
  readonly slew: number | undefined
  /** 10 % to 90 % of an edge take so much of a bit at most, and at most so many microseconds; left out: no such rule. */
  readonly rise?: { readonly ofBit: number; readonly longest: number }
  /** Picofarads at the driver, cable and receiver together. */
  readonly capacitance: number | undefined
  readonly bitRate: number
  /** Metres at that rate, and the most at any. */
  readonly length: readonly [number, number]
  /** Ohms of the receiver. */
  readonly load: readonly [number, number]
}

export type StandardName = 'ttl' | 'rs-232' | 'rs-422' | 'rs-423' | 'v.35'

export interface LineStandard {
  readonly name: StandardName
  readonly title: string
  /** A driver of two conductors, of which one rises as the other falls. */
  readonly balanced: boolean
  /** A receiver that looks at the difference of two conductors; the second is the driver's ground where it is not balanced. */
  readonly differential: boolean
  /** Volts of the middle between the two conductors of a balanced driver, over its ground. */
  readonly common: number
  readonly driver: DriverLevels
  readonly receiver: ReceiverThresholds
  readonly limits: StandardLimits
  readonly reference: string
}

/** Picofarads a metre of a screened multi-conductor data cable, driver to ground (TIA-232-F annex A counts with 100 to 165). */
export const CABLE_CAPACITANCE = 160

/**
 * Bit/s that a standard allows over a length; undefined where it is too long for any.
 * Where two lengths are given, the rate falls as the length grows between them (TIA-422-B and TIA-423-B annex A).
 */
export function standardRateAt({ limits }: LineStandard, metres: number): number | undefined {
  const [short, long] = limits.length
  if (metres > long) return undefined
  return metres <= short ? limits.bitRate : (limits.bitRate * short) / metres
}

/** A driver as it is set for a rate: where the standard has its edges shaped, as slow as they may be, so that they disturb nobody. */
export function driverAt({ driver, limits: { rise } }: LineStandard, baud: number): DriverLevels {
  if (rise === undefined) return driver
  const microseconds = Math.min((rise.ofBit * 1e6) / baud, rise.longest)
  return { ...driver, slew: Math.min(driver.slew, (0.8 * Math.abs(driver.space - driver.mark)) / microseconds) }
}

export const LINE_STANDARDS: Readonly<Record<StandardName, LineStandard>> = {
  ttl: {
    name: 'ttl',
    title: 'UART pins of a 5 V microcontroller',
    balanced: false,
    differential: false,
    common: 0,
    driver: { mark: 5, space: 0, slew: 500, current: 20_000 },
    // 0.3 and 0.6 V_CC; the pull-up of a receiver that is read holds an open input high.
    receiver: { low: 1.5, high: 3, highIs: 1, open: 1 },
    limits: {
      driver: [4.2, 5.5],
      undefinedWithin: [1.5, 3],
      survives: [-0.5, 5.5],
      slew: undefined,
      capacitance: undefined,
      bitRate: 2_000_000,
      length: [0.3, 3],
      load: [1e6, 1e9],
    },
    reference:
      'ATmega328P DS40002061B 29.1 and 29.2 (−0.5 V to V_CC + 0.5 V; V_IL, V_IH, V_OL, V_OH at 5 V); lengths: practice',
  },
  'rs-232': {
    name: 'rs-232',
    title: 'RS-232',
    balanced: false,
    differential: false,
    common: 0,
    driver: { mark: -9, space: 9, slew: 30, current: 7_500 },
    // Parts have a hysteresis around +1.5 V, and read 0 V as mark: a broken wire is a line at rest.
    receiver: { low: 1.2, high: 1.7, highIs: 0, open: 1 },
    limits: {
      driver: [5, 15],
      undefinedWithin: [-3, 3],
      survives: [-25, 25],
      slew: 30,
      capacitance: 2500,
      bitRate: 20_000,
      length: [15, 15],
      load: [3_000, 7_000],
    },
    reference:
      'ITU-T V.28 2 to 6 (3 V to 15 V, 30 V/µs, 2500 pF, 3 to 7 kΩ, 20 kbit/s); EIA-232-C 1.3 (50 feet); parts: MAX232 data sheet (±9 V, hysteresis 1.2 V to 1.7 V, 3 V/µs into 2500 pF)',
  },
  'rs-422': {
    name: 'rs-422',
    title: 'RS-422 (RS-449’s data, clock and main control circuits)',
    balanced: true,
    differential: true,
    common: 1.8,
    driver: { mark: -3, space: 3, slew: 300, current: 60_000 },
    receiver: { low: -0.2, high: 0.2, highIs: 0, open: 1 },
    limits: {
      driver: [2, 6],
      undefinedWithin: [-0.2, 0.2],
      survives: [-12, 12],
      slew: undefined,
      capacitance: undefined,
      bitRate: 10_000_000,
      length: [12, 1_200],
      load: [100, 4_000],
    },
    reference:
      'ITU-T V.11 (TIA-422-B 4.1, 4.2, annex A: 2 V to 6 V, ±0.2 V, ±7 V common mode, 10 Mbit/s on 12 m, 1.2 km at 100 kbit/s); middle of A and B: that of a 5 V part with 3.3 V and 0.3 V',
  },
  'rs-423': {
    name: 'rs-423',
    title: 'RS-423 (RS-449’s other circuits)',
    balanced: false,
    differential: true,
    common: 0,
    // The fastest that a part can be set to: 1.1 µs from 10 % to 90 % (uA9636A, 10 kΩ).
    driver: { mark: -4.5, space: 4.5, slew: 6.5, current: 60_000 },
    receiver: { low: -0.2, high: 0.2, highIs: 0, open: 1 },
    limits: {
      driver: [3.6, 6],
      undefinedWithin: [-0.2, 0.2],
      survives: [-12, 12],
      slew: undefined,
      rise: { ofBit: 0.3, longest: 300 },
      capacitance: undefined,
      bitRate: 100_000,
      length: [12, 1_200],
      load: [450, 4_000],
    },
    reference:
      'ITU-T V.10 (TIA-423-B 4.1 to 4.3, annex A: 3.6 V to 6 V, ±0.2 V, rise time 0.1 to 0.3 of a bit, 100 µs to 300 µs up to 1 kbit/s, 100 kbit/s on 12 m, 1.2 km at 1 kbit/s); part: uA9636A data sheet',
  },
  'v.35': {
    name: 'v.35',
    title: 'V.35 (its data and clock circuits; control circuits are V.28, as RS-232)',
    balanced: true,
    differential: true,
    common: 0,
    driver: { mark: -0.55, space: 0.55, slew: 110, current: 100_000 },
    receiver: { low: -0.2, high: 0.2, highIs: 0, open: 1 },
    limits: {
      driver: [0.44, 0.66],
      undefinedWithin: [-0.2, 0.2],
      survives: [-12, 12],
      slew: undefined,
      capacitance: undefined,
      bitRate: 2_048_000,
      length: [30, 1_200],
      load: [90, 110],
    },
    reference:
      'ITU-T V.35 annex II (0.55 V ± 20 % into 100 Ω ± 10 %); receiver threshold and lengths: those of V.11 parts',
  },
}
