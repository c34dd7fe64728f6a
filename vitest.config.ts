import { defineConfig } from 'vitest/config'
import { ClosingLine } from './test/setup/closing-line.js'

export default defineConfig({
  test: {
    include: ['{firmware,boards,host,test}/**/*.test.ts'],
    globalSetup: ['test/setup/global.ts'],
    reporters: ['default', new ClosingLine()],
    // What is right on a machine that is busy waits for events; these only end what hangs.
    testTimeout: 1_200_000,
    hookTimeout: 1_200_000,
    pool: 'forks',
    // Who waits for a program or for the kernel leaves its core to somebody else.
    maxWorkers: '150%',
  },
})
