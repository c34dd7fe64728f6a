/** What `linkpulse faults` says around the families themselves, whose words stand at each of them (`boards/faults/`). */
export const FAULT_LIST_WORDS = {
  'faults.hint':
    'Break one with `linkpulse check model:uno --fault NAME`, or with how much of it: `--fault cable-noise:0.32V`, ' +
    '`--fault brown-out:every=30s,volts=2.4V`. `linkpulse faults NAME` tells all of one.',
  'faults.harmless': 'no ping suffers from it',
  'faults.usual': ({ value }: { readonly value: string }) => `by default ${value}`,
  'faults.brief': ({
    name,
    range,
    usual,
    suffers,
  }: {
    readonly name: string
    readonly range: string
    readonly usual: string
    /** From where on a user suffers, as `faults.suffers`; empty where nobody knows. */
    readonly suffers: string
  }) => `${name}: ${range} (${suffers === '' ? usual : `${usual}; ${suffers}`})`,
  'faults.range-and-usual': ({ range, usual }: { readonly range: string; readonly usual: string }) =>
    `${range}; ${usual}`,
  'faults.choices': ({ choices }: { readonly choices: readonly string[] }) => `one of ${choices.join(', ')}`,
  'faults.range': ({ min, max }: { readonly min: string; readonly max: string }) => `${min} to ${max}`,
  'faults.range-whole': ({ min, max }: { readonly min: string; readonly max: string }) =>
    `a whole number, ${min} to ${max}`,
  'faults.suffers': ({ from }: { readonly from: string }) => `a user suffers from ${from}`,
  'faults.from-choices': ({ choices }: { readonly choices: readonly string[] }) => choices.join(', '),
  'faults.from-higher': ({ value }: { readonly value: string }) => `${value} and more`,
  'faults.from-lower': ({ value }: { readonly value: string }) => `${value} and less`,
  'faults.from-away': ({ value }: { readonly value: string }) => `${value} and more, either way`,
  'faults.place': ({ layer, side }: { readonly layer: string; readonly side: string }) =>
    `layer: ${layer}; to be mended: ${side}`,
  'faults.boards': ({ boards }: { readonly boards: readonly string[] }) => `only on ${boards.join(', ')}`,
  'faults.targets': ({ targets }: { readonly targets: readonly string[] }) => `only on targets ${targets.join(', ')}`,
  'faults.layer.computer': 'computer',
  'faults.layer.supply': 'supply',
  'faults.layer.serial': 'serial',
  'faults.layer.wiring': 'wiring',
  'faults.layer.chip': 'chip',
  'faults.layer.cable': 'cable',
  'faults.layer.partner': 'partner',
  'faults.layer.timing': 'timing',
  'faults.side.board': 'the board',
  'faults.side.chip': 'the chip',
  'faults.side.wire': 'a wire',
  'faults.side.partner': 'the partner',
  'faults.side.computer': 'this computer',
}
