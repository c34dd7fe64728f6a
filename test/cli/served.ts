/** Programs that a test runs beside itself, ended after it: the last first. */
import { afterEach } from 'vitest'
import { type RunningCommand, serveCli } from './command.js'

/** What ends them; add to it as they begin. */
export const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** `linkpulse serve` with these words, until the test is over. */
export async function served(...words: string[]): Promise<RunningCommand & { readonly path: string }> {
  const command = await serveCli(...words)
  closers.push(() => {
    command.process.kill('SIGKILL')
    return command.ended
  })
  return command
}
