/** What `linkpulse lines` says of line standards, and of octets on them in characters. */
export const LINES_WORDS = {
  'lines.head.levels': 'mark (1), space (0)',
  'lines.head.driver': 'driver must',
  'lines.head.undefined': 'undefined',
  'lines.head.slew': 'slew',
  'lines.head.fastest': 'fastest, over',
  'lines.range': ({ from, to, unit }: { readonly from: string; readonly to: string; readonly unit: string }) =>
    `${from} to ${to} ${unit}`,
  'lines.rise': ({ share, longest }: { readonly share: number; readonly longest: number }) =>
    `${share} % of a bit, ${longest} µs`,
  'lines.rs-449':
    'rs-449 is the DC-37 connector and its circuits, with the levels of rs-422 and rs-423: `linkpulse lines rs-449`.',
  'lines.matrix': 'What a receiver (across) reads of a driver (down), every octet sent over it in the model:',
  'lines.reads.right': 'right',
  'lines.reads.inverted': 'inverted',
  'lines.reads.nothing': 'nothing',
  'lines.reads.wrong': 'wrong',
  'lines.undefined': 'undefined',
  'lines.damages': 'damages',
  'lines.may-damage': 'may damage',
  'lines.and': ({ words }: { readonly words: readonly string[] }) => words.join(', '),
  'lines.means.right': 'each octet as it was sent',
  'lines.means.inverted': 'right once mark and space are exchanged',
  'lines.means.nothing': 'rest or an endless break',
  'lines.means.wrong': 'neither',
  'lines.means.undefined':
    'a level is where the receiver’s standard says nothing: what a typical part reads, and another may not',
  'lines.means.damages': 'a level is more than the receiver survives',
  'lines.means.may-damage': 'the most that the driver’s standard allows is',
  'lines.more':
    '`linkpulse lines NAME` has a standard with its sources; --text Hi shows a text on it, --out FILE.svg draws it, and --receiver NAME what a receiver of another makes of it.',
  'lines.driver': 'driver',
  'lines.slew': 'slew',
  'lines.receiver': 'receiver',
  'lines.load': 'load',
  'lines.length': 'length',
  'lines.levels': ({ mark, space, way }: { readonly mark: string; readonly space: string; readonly way: string }) =>
    `mark (1) ${mark}, space (0) ${space}, ${way} (a typical part)`,
  'lines.balanced': 'conductor A against B',
  'lines.over-ground': 'over ground',
  'lines.common': ({ volts }: { readonly volts: string }) => `A and B move around ${volts}: each by half of it`,
  'lines.must': ({ volts, load }: { readonly volts: string; readonly load: string }) =>
    `must be ${volts} in amount, into ${load}`,
  'lines.slew-of-bit': ({
    share,
    longest,
    slew,
  }: {
    readonly share: number
    readonly longest: number
    readonly slew: number
  }) => `${share} % of a bit from 10 % to 90 % of an edge, ${longest} µs at most; never over ${slew} V/µs`,
  'lines.slew-allowed': ({ slew, allowed }: { readonly slew: number; readonly allowed: number }) =>
    `${slew} V/µs; at most ${allowed} V/µs allowed`,
  'lines.looks-at-difference': 'looks at the difference of two conductors',
  'lines.looks-at-one': 'looks at one conductor over ground',
  'lines.undefined-range': ({
    from,
    to,
    above,
  }: {
    readonly from: string
    readonly to: string
    readonly above: string
  }) => `undefined from ${from} to ${to}; above is ${above}`,
  'lines.mark': 'mark (1)',
  'lines.space': 'space (0)',
  'lines.thresholds': ({ low, high, open }: { readonly low: string; readonly high: string; readonly open: string }) =>
    `a typical part changes its mind at ${low} and ${high}; open it reads ${open}`,
  'lines.survives': ({ from, to }: { readonly from: string; readonly to: string }) => `survives ${from} to ${to}`,
  'lines.capacitance': ({ most }: { readonly most: number }) => `at most ${most} pF, cable included`,
  'lines.allowed': 'allowed',
  'lines.carried': 'in this model, of the usual rates',
  'lines.model':
    'The model charges the cable’s 160 pF a metre with the driver’s current; it has no reflections and no loss, and sends start-stop characters on every standard, on V.35 too, which equipment uses with a clock.',
  'lines.read-by': ({ receiver }: { readonly receiver: string }) => `read by the ${receiver} receiver`,
  'lines.source': ({ source }: { readonly source: string }) => `Source: ${source}`,
  'lines.title': ({ name, title }: { readonly name: string; readonly title: string }) => `${name}: ${title}`,
  'rs-449.title': 'a connector, its circuits and what they do; the voltages are two other standards’',
  'rs-449.pins': 'pins',
  'rs-449.category-1': 'category I',
  'rs-449.category-2': 'category II',
  'rs-449.left-out': 'left out',
  'rs-449.two-conductors': ({ circuits }: { readonly circuits: readonly string[] }) =>
    `${circuits.join(', ')}: two conductors, rs-422`,
  'rs-449.one-conductor': ({ circuits }: { readonly circuits: readonly string[] }) =>
    `${circuits.join(', ')}: one conductor, rs-423`,
  'rs-449.backward': 'the second connector, of 9 contacts, for a backward channel',
  'rs-449.draw': '`linkpulse lines rs-422 --octet 0x41 --out sd.svg` draws what is on SD(A) and SD(B).',
  'lines.crossing': ({
    driver,
    what,
    framing,
    baud,
    metres,
  }: {
    readonly driver: string
    readonly what: string
    readonly framing: string
    readonly baud: number
    readonly metres: number
  }) => `${driver}: ${what}, ${framing} at ${baud} baud over ${metres} m`,
  'lines.bit-lasts': ({ crossing, time }: { readonly crossing: string; readonly time: string }) =>
    `${crossing}; a bit lasts ${time} µs`,
  'lines.idle': 'idle',
  'lines.start': 'start',
  'lines.stop': 'stop',
  'lines.pin': 'pin',
  'lines.connector': 'connector',
  'lines.line': 'line',
  'lines.received': ({ receiver, what }: { readonly receiver: string; readonly what: string }) =>
    `the ${receiver} receiver’s UART: ${what}`,
  'lines.received-nothing': 'nothing',
  'lines.with-error': ({ octet, errors }: { readonly octet: string; readonly errors: readonly string[] }) =>
    `${octet} ${errors.join(', ')}`,
  'lines.error.framing': 'framing error',
  'lines.error.break': 'framing error: a break',
  'lines.error.parity': 'parity error',
  'lines.difference': ({ driver, mark }: { readonly driver: string; readonly mark: string }) =>
    `a ${driver} receiver looks at A against B: mark (1) ${mark}`,
}
