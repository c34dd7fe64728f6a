#include "edges.h"

#include "port.h"

#define EDGES 4u

static volatile struct edge edges[EDGES];
static volatile uint8_t edge_head, edge_tail;
static volatile uint8_t edges_lost;

void edges_add(uint8_t level, uint32_t at)
{
  if ((uint8_t)(edge_head - edge_tail) == EDGES) {
    edges_lost++;
    return;
  }
  edges[edge_head % EDGES].level = level;
  edges[edge_head % EDGES].at = at;
  edge_head++;
}

bool edges_wait(void)
{
  return edge_head != edge_tail;
}

bool edges_peek(struct edge *edge)
{
  if (edge_head == edge_tail) return false;
  edge->level = edges[edge_tail % EDGES].level;
  edge->at = edges[edge_tail % EDGES].at;
  return true;
}

void edges_drop(void)
{
  edge_tail++;
}

uint8_t edges_take_lost(void)
{
  uint8_t lost;
  PORT_LOCK();
  lost = edges_lost;
  edges_lost = 0;
  PORT_UNLOCK();
  return lost;
}
