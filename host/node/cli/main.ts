#!/usr/bin/env node
/** The command line as a program of its own: what `linkpulse` in a shell starts. */
import { commandLine, report } from './command-line.js'
import { watchStandardOutput } from './standard-output.js'

watchStandardOutput()
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => process.exit(report(error)))
}
process.exitCode = await commandLine(process.argv.slice(2))
