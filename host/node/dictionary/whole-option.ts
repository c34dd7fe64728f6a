/** Options of the commands about the dictionary: whole numbers. */
import { tell } from '../cli/say.js'

/** @returns the number; ends the process with status 2, and says what to give, where it is no number, or too small */
export function wholeOption(command: string, name: string, text: string, least: number): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= least) return value
  tell(`${command}: --${name} is "${text}"; give a whole number from ${least} on\n`)
  return process.exit(2)
}
