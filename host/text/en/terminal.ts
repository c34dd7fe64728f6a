/** What commands say on a terminal beside a report: what is checked, questions, the rows of `linkpulse doctor`. */
import { counted } from './counted.js'

export interface ControlCircuits {
  readonly cts: boolean
  readonly dsr: boolean
  readonly dcd: boolean
}

/** Something that was expected of a run, as it is decided. */
export interface DecidedWords {
  readonly name: string
  /** Of virtual time, with its unit. */
  readonly time: string
  readonly reason: string
}

const on = (value: boolean): string => (value ? 'on' : 'off')

export const TERMINAL_WORDS = {
  'run.ran': ({
    seconds,
    findings,
    octets,
    sent,
    received,
  }: {
    readonly seconds: string
    readonly findings: number
    readonly octets: number
    readonly sent: number
    readonly received: number
  }) =>
    `ran ${seconds} s of simulated time: ${counted(findings, 'finding')}, ${counted(octets, 'octet')} sent on the serial port, ${counted(sent, 'frame')} sent and ${received} received`,
  'run.finding-again': ({ rule, count, at }: { readonly rule: string; readonly count: number; readonly at: string }) =>
    `${rule}: ${counted(count, 'time')} in all, first at ${at} ms`,
  'run.not-received': ({ drops }: { readonly drops: readonly string[] }) => `frames not received: ${drops.join('; ')}`,
  'run.not-sent': ({ drops }: { readonly drops: readonly string[] }) => `frames not sent: ${drops.join('; ')}`,
  'run.dropped': ({ count, reason }: { readonly count: number; readonly reason: string }) => `${count} × ${reason}`,
  'run.never-selected': ({ pin }: { readonly pin: string }) => `the chip was never selected: is --cs ${pin} right?`,
  'run.gdb-waits': ({ command }: { readonly command: string }) =>
    `the program waits for a debugger at its first instruction: ${command}`,
  'run.gdb-refused': 'another debugger was refused: there is one already; quit that one first',
  'run.gdb-gone': 'the debugger is gone; the program runs on, and another may connect',
  'run.met': ({ name, time }: Omit<DecidedWords, 'reason'>) => `${name}: ok at ${time}`,
  'run.unmet': ({ name, time, reason }: DecidedWords) => `${name}: NOT MET at ${time}: ${reason}`,
  'run.late': ({ name, time, reason }: DecidedWords) => `${name}: TOO LATE at ${time}: ${reason}`,
  'init.wrote': ({ path }: { readonly path: string }) => `wrote ${path}`,
  'init.outside': ({ path, name }: { readonly path: string; readonly name: string }) =>
    `package.json installs linkpulse from ${path}, which a clone of this folder does not have: put it into the folder (mkdir -p vendor && cp ${path} vendor/ && npm install -D ./vendor/${name})`,
  'net.octets-in': ({ octets, path }: { readonly octets: number; readonly path: string }) =>
    `${counted(octets, 'octet')} in ${path}`,
  'net.frames': ({ count }: { readonly count: number }) => counted(count, 'frame'),
  'board.recorded': ({ about }: { readonly about: string }) => `recorded: ${about}`,
  'board.on-a-box': ({ board, box }: { readonly board: string; readonly box: string }) =>
    `${board} and its partner on a ${box}`,
  'board.unnamed': 'a board on a serial port',
  'board.across': ({ board }: { readonly board: string }) => `${board} across a network`,
  'board.programmer': ({ name }: { readonly name: string }) => `programmer “${name}”`,
  'board.programmer-unnamed': 'a programmer without a name',
  'board.serprog': ({ name }: { readonly name: string }) =>
    `${name}, serprog: no error detection on its line, no interrupt pin`,
  'board.serprog-across': ({ name }: { readonly name: string }) =>
    `${name}, serprog across a network: no error detection on its line, no interrupt pin`,
  'board.wire': ({ board, wire }: { readonly board: string; readonly wire: string }) =>
    `${board}, its cable in ${wire} of this computer`,

  'ask.answers': 'yes, no, or Enter for no more questions: ',
  'mission.column.file': 'file',
  'mission.column.mission': 'mission',
  'mission.column.seed': 'seed',
  'mission.column.solved': 'solved',
  'mission.column.measurements': 'measurements',
  'mission.column.budget': 'budget',
  'mission.column.repairs': 'repairs',
  'mission.column.hints': 'hints',
  'mission.column.replay': 'replay',
  'mission.yes': 'yes',
  'mission.no': 'no',
  'mission.as-it-says': 'as it says',
  'mission.differs': ({ field, said, played }: Difference) =>
    `${field}: it says ${said}, and played again it is ${played}`,
  'diagnose.stored': ({ file, target }: { readonly file: string; readonly target: string }) => `${file}: ${target}`,
  'diagnose.stored-seed': ({
    file,
    target,
    seed,
  }: {
    readonly file: string
    readonly target: string
    readonly seed: number
  }) => `${file}: ${target}, seed ${seed}`,

  'doctor.listening': ({ rate }: { readonly rate: number }) => `listening at ${rate} baud`,
  'doctor.asking': ({ rate }: { readonly rate: number }) => `asking at ${rate} baud`,
  'doctor.may-ask': ({ port }: { readonly port: string }) =>
    `Listening does not tell who is at ${port}. This can be sent there:`,
  'doctor.send': 'Send it? [y/N] ',
  'doctor.who': ({ port, who }: { readonly port: string; readonly who: string }) => `${port}: ${who}`,
  'doctor.chance': ({ who, percent }: { readonly who: string; readonly percent: number }) => `${who} (${percent} %)`,
  'doctor.heard': 'heard',
  'doctor.or-else': 'or else',
  'doctor.said': 'it said',
  'doctor.line': 'line',
  'doctor.would-send': 'would be sent',
  'doctor.next': 'next',
  'doctor.clauses': ({ clauses }: { readonly clauses: readonly string[] }) => clauses.join('; '),
  'doctor.listened': ({ seconds, octets }: { readonly seconds: string; readonly octets: number }) =>
    `listened for ${seconds} s, ${counted(octets, 'octet')}`,
  'doctor.listened-best': ({
    seconds,
    octets,
    baud,
  }: {
    readonly seconds: string
    readonly octets: number
    readonly baud: number
  }) => `listened for ${seconds} s, ${counted(octets, 'octet')}, understood best at ${baud} baud`,
  'doctor.no-line-errors': 'this port does not tell line errors',
  'doctor.line-errors': ({ framing, breaks }: { readonly framing: number; readonly breaks: number }) =>
    `${counted(framing, 'framing error')}, ${counted(breaks, 'break')}`,
  'doctor.no-circuits': 'this port has no control circuits',
  'doctor.circuits': ({ cts, dsr, dcd }: ControlCircuits) => `CTS ${on(cts)}, DSR ${on(dsr)}, DCD ${on(dcd)}`,
}

export interface Difference {
  /** As the document names it. */
  readonly field: string
  readonly said: string
  readonly played: string
}
