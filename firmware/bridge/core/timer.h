/* Timers of the link, in microseconds of the port's clock, which wraps. */
#ifndef BRIDGE_TIMER_H
#define BRIDGE_TIMER_H

#include <stdbool.h>
#include <stdint.h>

struct timer {
  bool active;
  uint32_t at;
};

static inline bool timer_due(const struct timer *timer, uint32_t now)
{
  return timer->active && (int32_t)(now - timer->at) >= 0;
}

static inline void timer_arm(struct timer *timer, uint32_t at)
{
  timer->active = true;
  timer->at = at;
}

/* Shortens `wait` to what is left of the timer. */
static inline uint32_t timer_sooner(const struct timer *timer, uint32_t now, uint32_t wait)
{
  int32_t left;
  if (!timer->active) return wait;
  left = (int32_t)(timer->at - now);
  if (left <= 0) return 0;
  return (uint32_t)left < wait ? (uint32_t)left : wait;
}

#endif
