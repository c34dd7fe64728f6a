import { command } from '../command.js'

export const LINT_COMMAND = command({
  name: 'lint',
  operands: 'FILE...',
  minimum: 1,
  maximum: 1000,
  takes: [{ files: ['.yaml', '.yml', '.json', '.toml'] }],
  summary: 'check scenarios, diagrams and project files of `run` without running anything',
  options: {},
  notes: [
    'FILE is a scenario (.yaml), a diagram.json, a wokwi.toml, or a folder with the last in it.',
    'A line a problem: file, line and column, the key, what is wrong and what to give. What is not simulated is a warning.',
    '',
    'Exit status: 0 nothing is wrong, 1 something is, 2 wrong usage or a file that cannot be read.',
  ],
})
