/** What `linkpulse drill` says around a script's own lines; what happened and what failed is told where it happens (`host/drill/`). */
import { counted } from './counted.js'

export const DRILL_WORDS = {
  'drill.pass': 'pass',
  'drill.fail': 'FAIL',
  'drill.not-run': 'not run',
  'drill.note': ({ note }: { readonly note: string }) => `note: ${note}`,
  'drill.surplus': ({ packet }: { readonly packet: string }) => `note: no line expects ${packet}`,
  'drill.unsupported': ({ what }: { readonly what: string }) => `not supported: ${what}`,
  'drill.ran': ({
    file,
    statements,
    seconds,
  }: {
    readonly file: string
    readonly statements: number
    readonly seconds: string
  }) => `${file}  ${counted(statements, 'statement')}, ${seconds} s of virtual time`,
  'drill.expected': 'expected',
  'drill.sent': 'sent',
  'drill.line': ({ line }: { readonly line: number }) => `line ${line}`,
  'drill.story': 'what happened, in seconds of virtual time:',
  'drill.before': ({ count }: { readonly count: number }) => `(${count} before: --trace prints them all)`,
  'drill.totals': ({ total, parts }: { readonly total: number; readonly parts: readonly string[] }) =>
    `${counted(total, 'script')}: ${parts.join(', ')}`,
  'drill.passed': ({ count }: { readonly count: number }) => `${count} passed`,
  'drill.failed': ({ count }: { readonly count: number }) => `${count} failed`,
  'drill.were-not-run': ({ count }: { readonly count: number }) => `${count} not run`,
}
