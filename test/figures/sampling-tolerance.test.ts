import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rs232Figure } from './rs232.js'
import { withToleranceTable } from './sampling-tolerance.js'

const docs = join(import.meta.dirname, '../../docs')

describe('docs/rs232.md', () => {
  it('has the sampling tolerance as it is measured now (`make docs` renews it)', () => {
    const document = readFileSync(join(docs, 'rs232.md'), 'utf8')
    expect(withToleranceTable(document)).toBe(document)
  })

  it('has the picture that is drawn now', () => {
    expect(rs232Figure()).toBe(readFileSync(join(docs, 'figures/rs232.svg'), 'utf8'))
  })
})
