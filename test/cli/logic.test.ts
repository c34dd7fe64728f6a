/** `linkpulse serve --logic`. What it answers and samples is judged by host/logic/beaglelogic.test.ts. */
import { expect, it } from 'vitest'
import { start, until } from './command.js'
import { runHere } from './here.js'
import { closers } from './served.js'

it('says on its second line what sigrok opens', async () => {
  const server = start(['serve', 'model:uno', '--logic', '0'])
  closers.push(() => {
    server.process.kill('SIGKILL')
    return server.ended
  })
  await until(() => server.stdout().split('\n').length > 2)
  expect(server.stdout().split('\n')[1]).toMatch(/^tcp-raw\/127\.0\.0\.1\/\d+$/)
})

it('a port that is no port is refused', async () => {
  expect(await runHere('serve', '--logic', '65536')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('--logic takes a port'),
  })
})
