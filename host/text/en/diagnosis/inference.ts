/** What is said of any cause: how a figure speaks for it, what it leaves open, what to do first. */
type Times = { readonly what: string; readonly was: string; readonly times: number }

export const INFERENCE_WORDS = {
  'evidence.pass': 'passed',
  'evidence.warn': 'warned',
  'evidence.fail': 'failed',
  'evidence.skip': 'was skipped',
  'evidence.was': ({ value }: { readonly value: string }) => `was ${value}`,
  'evidence.of': ({ title, figure }: { readonly title: string; readonly figure: string }) => `${title}: ${figure}`,
  'evidence.times': ({ what, was, times }: Times) =>
    `“${what}” ${was}: ${times} times as likely with this as with what else it may be.`,
  'evidence.more-than': ({ what, was, times }: Times) =>
    `“${what}” ${was}: more than ${times} times as likely with this as with what else it may be.`,
  'evidence.nothing-else': 'No single figure stands out: it is what all of them together fit best.',

  'unknown.evidence': ({ nearest }: { readonly nearest: string }) =>
    `Nothing in the list explains this well; the nearest is ${nearest}, and it leaves open what is named below.`,
  'unknown.evidence-healthy': 'A sound board does not look like this, and no fault in the list does either.',
  'unknown.remedy': ({ side }: { readonly side: string }) =>
    `Look at ${side} first: that is where most of what fits sits. Then change one thing at a time (cable, partner, adapter, module, supply) and check again; what makes the difference is what is broken.`,

  'unexplained.figure': ({
    what,
    was,
    cause,
  }: {
    readonly what: string
    readonly was: string
    readonly cause: string
  }) => `“${what}” ${was}, which ${cause} hardly ever shows.`,
  'unexplained.healthy': 'a sound board',

  'side.board': 'the board',
  'side.chip': 'the Ethernet chip',
  'side.wire': 'the wires and cables',
  'side.partner': 'whoever is at the other end of the cable',
  'side.computer': 'this computer',

  'remedy.supply':
    'Measure the supply with a voltmeter at the pins that it feeds, while the board works: 5 V (or 3.3 V) at the controller, 3.1 V to 3.6 V at the Ethernet chip, and less than 0.1 V between any two grounds.',
  'remedy.serial':
    'Look at the serial cable and at both ends’ settings (rate, 8 data bits, no parity, 1 stop bit): try another cable, then another adapter, and keep it shorter than 2 m.',
  'remedy.wiring':
    'Take the board from its supply and follow each wire between controller and Ethernet chip (CS, SCK, MOSI, MISO, INT, RESET, 3.3 V, GND) with an ohmmeter: below 1 Ω from end to end, and open to its neighbours.',
  'remedy.chip':
    'Measure 3.3 V at the chip while it works, look at the parts around it (crystal, RBIAS, VCAP, magnetics) and at their joints; then try another module on the same wires.',
  'remedy.cable':
    'Try another cable that is known to be good and shorter than 100 m; then look at both plugs and jacks.',
  'remedy.partner':
    'Try another partner: a computer, or a plain 10/100 switch, on the same cable. If it goes away, look at the first one’s settings and at what else talks there.',
  'remedy.computer':
    'Close other programs that use the port or keep this computer busy, take the adapter out of a hub and plug it into the computer itself; then try another computer.',
  'remedy.timing':
    'Run it slower (the SPI clock, the baud rate) and check again: if it goes away, shorten the wires or keep the slower rate.',

  'question.board-led': 'Is the power LED of the board lit?',
  'question.partner-led': 'Is the link LED at the partner’s socket lit?',
  'question.other-cable': 'Does it go away with another Ethernet cable?',
  'question.other-partner': 'Does it go away with another partner (a switch, another computer) at the cable?',
  'question.other-adapter': 'Does it go away with another serial cable or USB adapter?',
  'question.cs-volts':
    'While a check runs: does a voltmeter between CS of the module and ground show some 3 V that fall a little now and then?',
  'question.chip-volts':
    'Does a voltmeter show at least 3.1 V between the module’s 3.3 V and ground, while it sends as well?',

  'next.check': ({ check, title }: { readonly check: string; readonly title: string }) => `Run ${check} (${title}).`,
  'next.repeat': ({ check, title }: { readonly check: string; readonly title: string }) =>
    `Run ${check} once more (${title}).`,
  'next.sound': 'a sound board',
  'next.why': ({
    causes,
    bits,
    of,
  }: {
    readonly causes: readonly string[]
    readonly bits: string
    readonly of: string
  }) => `It tells ${causes.join(', ')} apart best for the time it takes: ${bits} of the ${of} bits that are open.`,
} as const
