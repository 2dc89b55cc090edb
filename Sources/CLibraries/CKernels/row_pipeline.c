// Chains of operators in one pass; see row_pipeline.h.
#include "row_pipeline.h"
#include "instruction_set.h"

enum { readable_tail = 16 };

/// Floats of a stage's ring, a whole number of cache lines. The odd ones between rings keep rows of different stages,
/// which are written and read side by side, from falling into the same places of the cache.
static ptrdiff_t ring_count(const row_stage *stage) {
  return stage->ring_rows ? (stage->ring_rows * stage->output_row + readable_tail + 15) / 16 * 16 + 5 * 16 : 0;
}

/// Whether rows 2 n and 2 n + 1 of a stage are computed at once.
static int has_pairs(const row_stage *stage) {
  return stage->kind == row_stage_depthwise && stage->depthwise.item_rows == 2;
}

void row_pipeline_set_rings(row_pipeline_arguments *a) {
  for (ptrdiff_t s = 0; s < a->stage_count; s++) {
    row_stage *stage = &a->stages[s];
    if (s + 1 == a->stage_count) {
      stage->ring_rows = 0;
      continue;
    }
    const row_stage *next = stage + 1;
    ptrdiff_t rows = 1;
    if (next->kind == row_stage_depthwise) {
      rows = (next->depthwise.kernel_height - 1) * next->depthwise.vertical_dilation + 1 + has_pairs(next);
    } else if (next->kind == row_stage_bilinear_resize) {
      rows = 2;
    }
    // A pair lies side by side and may be computed one row ahead of the window.
    stage->ring_rows = has_pairs(stage) ? (rows + 2) / 2 * 2 : rows;
  }
}

ptrdiff_t row_pipeline_scratch_count(const row_pipeline_arguments *a) {
  ptrdiff_t count = 0;
  for (ptrdiff_t s = 0; s < a->stage_count; s++) count += ring_count(&a->stages[s]);
  return count;
}

/// What one worker knows of the image it is at. Row y of a stage lies in its ring at y modulo `ring_rows`.
typedef struct {
  const row_pipeline_arguments *pipeline;
  ptrdiff_t image;
  float *rings[row_pipeline_maximum_stages];
  ptrdiff_t next[row_pipeline_maximum_stages];  // the rows of each stage below this one are in its ring, or were
} progress;

static ptrdiff_t compute_rows(progress *p, ptrdiff_t s, ptrdiff_t row, ptrdiff_t end, float *output);

/// Makes rows `first`..`last` of what stage `s` reads available.
static void prepare_rows(progress *p, ptrdiff_t s, ptrdiff_t first, ptrdiff_t last) {
  if (s == 0) return;
  const row_stage *before = &p->pipeline->stages[s - 1];
  for (ptrdiff_t y = p->next[s - 1] > first ? p->next[s - 1] : first; y <= last; y = p->next[s - 1]) {
    float *output = p->rings[s - 1] + y % before->ring_rows * before->output_row;
    p->next[s - 1] = y + compute_rows(p, s - 1, y, before->output_height, output);
  }
}

/// The row `y` of what stage `s` reads.
static const float *input_row(const progress *p, ptrdiff_t s, ptrdiff_t y) {
  const row_stage *stage = &p->pipeline->stages[s];
  if (s == 0) return p->pipeline->input + (p->image * stage->input_height + y) * stage->input_row;
  return p->rings[s - 1] + y % p->pipeline->stages[s - 1].ring_rows * stage->input_row;
}

static void compute_pointwise(progress *p, ptrdiff_t s, ptrdiff_t row, float *output) {
  const row_stage *stage = &p->pipeline->stages[s];
  prepare_rows(p, s, row, row);
  convolution_arguments line = stage->pointwise;
  const ptrdiff_t pixel = (p->image * stage->output_height + row) * line.output_width;
  line.input = input_row(p, s, row);
  line.output = output;
  if (line.residual) line.residual += pixel * line.residual_stride;
  pointwise_convolution_task(&line, 0, 1, 0);
}

static void compute_depthwise(progress *p, ptrdiff_t s, ptrdiff_t row, ptrdiff_t rows, float *output) {
  const row_stage *stage = &p->pipeline->stages[s];
  const depthwise_convolution_arguments *d = &stage->depthwise;
  const float *lines[depthwise_maximum_kernel_height + 1];
  depthwise_convolution_line line = {
      .rows = rows,
      .lines = lines,
      .to_tap = d->kernel_height + rows - 1,
      .output = output,
      .to_channel = d->channels,
  };
  const ptrdiff_t top = row * d->vertical_stride - d->top_padding;
  while (line.from_tap < line.to_tap && top + line.from_tap * d->vertical_dilation < 0) line.from_tap++;
  while (line.to_tap > line.from_tap && top + (line.to_tap - 1) * d->vertical_dilation >= d->input_height)
    line.to_tap--;
  if (line.from_tap < line.to_tap)
    prepare_rows(
        p, s, top + line.from_tap * d->vertical_dilation, top + (line.to_tap - 1) * d->vertical_dilation);
  for (ptrdiff_t tap = line.from_tap; tap < line.to_tap; tap++)
    lines[tap] = input_row(p, s, top + tap * d->vertical_dilation);
  d->kernels->depthwise_line(d, &line);
}

static void compute_resized(progress *p, ptrdiff_t s, ptrdiff_t row, float *output) {
  const row_stage *stage = &p->pipeline->stages[s];
  const resize_tap tap = stage->resize.rows[row];
  prepare_rows(p, s, tap.first, tap.second);
  stage->resize.kernels->bilinear_resize_row(
      &stage->resize, input_row(p, s, tap.first), input_row(p, s, tap.second), tap.fraction, output);
}

/// Computes row `row` of a stage, or a pair of rows that ends before `end`; returns how many.
static ptrdiff_t compute_rows(progress *p, ptrdiff_t s, ptrdiff_t row, ptrdiff_t end, float *output) {
  const row_stage *stage = &p->pipeline->stages[s];
  const ptrdiff_t rows = has_pairs(stage) && row % 2 == 0 && row + 1 < end ? 2 : 1;
  switch (stage->kind) {
  case row_stage_pointwise: compute_pointwise(p, s, row, output); break;
  case row_stage_depthwise: compute_depthwise(p, s, row, rows, output); break;
  case row_stage_bilinear_resize: compute_resized(p, s, row, output); break;
  }
  return rows;
}

void row_pipeline_task(void *context, ptrdiff_t from, ptrdiff_t to, ptrdiff_t worker) {
  const row_pipeline_arguments *a = context;
  const ptrdiff_t last = a->stage_count - 1, height = a->stages[last].output_height;
  progress p = {.pipeline = a, .image = -1};
  float *scratch = a->scratch + worker * row_pipeline_scratch_count(a);
  for (ptrdiff_t s = 0; s < a->stage_count; s++) {
    p.rings[s] = scratch;
    scratch += ring_count(&a->stages[s]);
  }
  for (ptrdiff_t row = from; row < to;) {
    const ptrdiff_t image = row / height, end = to - image * height < height ? to - image * height : height;
    if (image != p.image) {
      p.image = image;
      for (ptrdiff_t s = 0; s < a->stage_count; s++) p.next[s] = 0;
    }
    row += compute_rows(&p, last, row - image * height, end, a->output + row * a->stages[last].output_row);
  }
}
