/** What the data sheet says of what an operation does: the rule that a chip breaks which answers otherwise. */
import { REGISTERS } from '../../../firmware/enc28j60/registers.js'
import { keyed, type Sentence } from '../../text/keyed.js'
import { registerClause } from '../register-words.js'
import type { ChipOperation } from './operation.js'

export interface BrokenRule {
  readonly rule: Sentence
  readonly clause: string
}

/** @param of what was read; undefined where nothing was, because the chip did not do it at all */
export function ruleOf(operation: ChipOperation, of: string | undefined): BrokenRule {
  switch (operation.do) {
    case 'reset':
      return { rule: keyed('against.rule.reset'), clause: 'DS39662 11.2, 2.2 and table 3-2' }
    case 'fill':
      return { rule: keyed('against.rule.write-pointer'), clause: 'DS39662 3.2.3 and 4.2.4' }
    case 'fetch':
      if (of === 'ERDPT') return { rule: keyed('against.rule.read-pointer'), clause: 'DS39662 3.2.3 and 4.2.2' }
      return { rule: keyed('against.rule.memory'), clause: 'DS39662 3.2, 4.2.2 and 4.2.4' }
    case 'checksum':
      return { rule: keyed('against.rule.checksum'), clause: 'DS39662 13.2; RFC 1071' }
    case 'copy':
      return { rule: keyed('against.rule.copy'), clause: 'DS39662 13.1' }
    case 'phy write':
    case 'phy read':
      return {
        rule: keyed('against.rule.phy', { register: operation.register }),
        clause: `${registerClause(operation.register)}; DS39662 3.3.1 and 3.3.2`,
      }
    case 'set':
    case 'clear':
      return { rule: keyed('against.rule.bit-field'), clause: 'DS39662 4.2.5 and 4.2.6' }
    case 'fifo':
      return { rule: keyed('against.rule.register', { register: 'ERXND' }), clause: registerClause('ERXND') }
    case 'read':
    case 'write': {
      const { register } = operation
      const isLate = REGISTERS[register].kind !== 'ETH'
      const rule = keyed(isLate ? 'against.rule.late-register' : 'against.rule.register', { register })
      return { rule, clause: `${registerClause(register)} and table 3-2; DS39662 4.2.1` }
    }
    case 'read pair':
    case 'write pair':
      return {
        rule: keyed('against.rule.register', { register: operation.pair }),
        clause: registerClause(operation.pair),
      }
  }
}
