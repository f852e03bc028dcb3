"""What is to be reached (goals.json) against what was measured: part of the report.

A goal names a group, a metric (dots go into a sample's objects), programs (none: all of the group), and one of
  each / least   every program's median is at most / at least so many times the base's (the report's base, or "base")
  mean           the geometric mean of these ratios is at most so much
  most           every program's median, divided by "scale", is at most so much
"""
import json, math, os

HERE = os.path.dirname(os.path.abspath(__file__))


def values(samples, metric):
    out = []
    for sample in samples or []:
        for key in metric.split('.'):
            sample = sample.get(key) if isinstance(sample, dict) else None
        if isinstance(sample, (int, float)):
            out.append(sample)
    return sorted(out)


def median(xs):
    return xs[len(xs) // 2] if len(xs) % 2 else (xs[len(xs) // 2 - 1] + xs[len(xs) // 2]) / 2


def measured(goal, group, runtime, base):
    """name -> (value or ratio, lowest, highest sample) for every program that both sides ran."""
    found = {}
    for name, bench in group.items():
        if name.startswith('_') or name not in goal.get('names', [name]):
            continue
        mine, theirs = (values(bench['rt'].get(r), goal['metric']) for r in (runtime, base))
        if mine and 'most' in goal:
            found[name] = [x / goal['scale'] for x in (median(mine), mine[0], mine[-1])]
        elif mine and theirs:
            found[name] = [x / median(theirs) for x in (median(mine), mine[0], mine[-1])]
    return found


def absolute(goal, group, runtimes):
    """The medians of a goal of one program, runtime by runtime."""
    names = [n for n in group if not n.startswith('_') and n in goal.get('names', group)]
    if len(names) != 1:
        return [''] * len(runtimes)
    found = [values(group[names[0]]['rt'].get(r), goal['metric']) for r in runtimes]
    return [show(median(v) / goal.get('scale', 1)) if v else '' for v in found]


def show(x):
    return '%.2f' % x if x < 10 else '%.1f' % x if x < 100 else format(round(x), ',')


def line(goal, found):
    limit = goal.get('each', goal.get('mean', goal.get('most', goal.get('least'))))
    if 'mean' in goal:
        mean = math.exp(sum(math.log(v[0]) for v in found.values()) / len(found))
        return 'at most %s' % limit, show(mean), '', mean > limit
    misses = {n: v for n, v in found.items() if (v[0] < limit if 'least' in goal else v[0] > limit)}
    worst = (min if 'least' in goal else max)(found.values(), key=lambda v: v[0])
    cell = show(worst[0]) if len(found) == 1 else '%d of %d; worst %s' % (len(found) - len(misses), len(found), show(worst[0]))
    spread = '%s to %s' % (show(worst[1]), show(worst[2]))
    names = ', '.join('%s %s' % (n, show(v[0])) for n, v in sorted(misses.items(), key=lambda item: -item[1][0]))
    return '%s %s' % ('at least' if 'least' in goal else 'at most', limit), cell, spread, names if len(found) > 1 else bool(misses)


def render(results, runtimes, base, table):
    columns = [r for r in runtimes if r != 'jitless']
    goals = json.load(open(os.path.join(HERE, 'goals.json')))
    out = []
    for runtime in runtimes:
        if runtime == base or any(runtime == g.get("base") for g in goals):
            continue
        rows = []
        for goal in goals:
            other = goal.get('base', base)
            found = measured(goal, results.get(goal['group'], {}), runtime, other)
            if not found:
                continue
            limit, cell, spread, short = line(goal, found)
            group = results[goal['group']]
            against = '' if 'most' in goal else ' x ' + other
            rows.append([goal['what'], *absolute(goal, group, columns), limit + against, cell, spread, short if isinstance(short, str) else 'short' if short else ''])
        if rows:
            out += ['## what is to be reached: %s\n' % runtime, table(['what', *columns, 'goal', 'reached', 'spread', 'short of it'], rows)]
    return out
