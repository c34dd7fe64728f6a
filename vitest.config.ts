import { defineConfig } from 'vitest/config'
import { ClosingLine } from './test/setup/closing-line.js'

export default defineConfig({
  test: {
    include: ['{firmware,boards,host,test}/**/*.test.ts'],
    globalSetup: ['test/setup/global.ts'],
    reporters: ['default', new ClosingLine()],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // The default leaves a core idle, which on two is half of the machine.
    maxWorkers: '100%',
  },
})
