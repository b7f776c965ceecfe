using System.Globalization;
using System.Text;
using System.Text.Json;
using Orchestration.Domain.Execution;
using Orchestration.Domain.Plans;
using Orchestrator.Activities;
using Orchestrator.Workflows;

namespace Orchestrator.Tests.Workflows;

/// <summary>
/// What a run that waits for days adds to its history: everything that activities are given and answer, on a clock of its own.
/// </summary>
public class LongWaitTests(ITestOutputHelper output)
{
    private const int Limit = 1024 * 1024;

    // Id, name, time and the like of an event that an activity or a timer costs, twice: when it starts and when it ends.
    private const int EventOverhead = 2 * 80;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly RunRef Run = new("acme", null, new string('p', 43), null, 0, Start.ToUnixTimeMilliseconds());
    private static readonly RunValue Large = new RunValue.Blob(new string('h', 43), 2048);

    [Fact]
    public void FiveHundredSteps_AgentAwayForThreeDays_HistoryStaysUnderOneMebibyte()
    {
        var text = new StringBuilder("id: p\nsteps:\n");
        for (var i = 0; i < 500; i++)
        {
            var agent = i % 2 == 0 ? "there" : "away";
            var reads = i % 2 == 0 ? "1" : $"[\"${{{{ steps.s{i - 1}.output }}}}\", \"${{{{ steps.s{i / 4 * 2}.output }}}}\"]";
            text.Append(CultureInfo.InvariantCulture, $"  - {{ id: s{i}, agent: {agent}, action: work, input: {{ x: {reads} }} }}\n");
        }

        var (bytes, attempts) = Drive(text.ToString(), RunValue.Null, step => step % 2 == 1, TimeSpan.FromDays(3));
        output.WriteLine($"{bytes} bytes, {attempts} attempts");
        Assert.InRange(bytes, 1, Limit);
        Assert.InRange(attempts, 500 + 50, 500 + 1000);
    }

    [Fact]
    public void FewStepsWithInlineValues_AgentAwayForAsLongAsARunMayWait_HistoryStaysUnderOneMebibyte()
    {
        const string Plan =
            "{ id: p, inputs: { t: { type: string } }, steps: [ { id: a, agent: away, action: work, input: { t: '${{ inputs.t }}' } } ] }";
        var inputs = RunValue.Of(JsonSerializer.SerializeToElement(new { t = new string('x', 4000) }));
        var (bytes, attempts) = Drive(Plan, inputs, _ => true, TimeSpan.FromDays(25));
        output.WriteLine($"{bytes} bytes, {attempts} attempts");
        Assert.InRange(bytes, 1, Limit);
    }

    // What the other tests count is not far from what a sidecar counts.
    [Fact]
    public async Task Drive_ShortRun_CountsAboutAsMuchAsItsRealHistory()
    {
        var text = new StringBuilder("id: p\nsteps:\n");
        for (var i = 0; i < 60; i++)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"  - {{ id: s{i}, agent: there, action: work, input: {{ x: {(i == 0 ? "1" : $"\"${{{{ steps.s{i - 1}.output }}}}\"")} }} }}\n");
        }

        await using var system = await RunningOrchestrator.StartAsync(false, (_, _) => Task.FromResult(Answers.Of(new string('x', 5000))));
        var runId = await system.SubmitAsync(text.ToString());
        await system.WaitAsync(runId);
        var (real, _, shares) = await system.HistoryAsync(runId);
        var (counted, _) = Drive(text.ToString(), RunValue.Null, _ => false, TimeSpan.Zero);
        output.WriteLine($"{real} bytes, counted {counted}: {shares}");
        Assert.InRange(counted, real * 2 / 3, real * 3 / 2);
    }

    /// <returns>The largest history, and the attempts in all of them.</returns>
    private static (long Bytes, int Attempts) Drive(string text, RunValue inputs, Func<int, bool> isAway, TimeSpan absence)
    {
        var outline = OutlineBuilder.Build(PlanReader.Read(text).Plan!);
        var (limits, origin) = (new RunLimits(32, TimeSpan.FromMinutes(5)), new RunOrigin(Start, new FactDetail.Accepted("t")));
        var state = new ExecutionState("run", outline, inputs, limits, origin, Start);
        var (now, bytes, largest, attempts) = (Start, (long)Size(outline), 0L, 0);
        var timers = new PriorityQueue<Command.StartTimer, DateTimeOffset>();
        var answers = new Queue<ExecutionEvent>();
        while (state.Result is null)
        {
            var commands = Scheduler.Next(state);
            foreach (var command in commands)
            {
                bytes += EventOverhead;
                switch (command)
                {
                    case Command.StartTimer timer:
                        timers.Enqueue(timer, timer.DueAt);
                        break;
                    case Command.StartAttempt attempt:
                        attempts++;
                        bytes += Answer(attempt, isAway(attempt.Work.Step) && now - Start < absence, answers);
                        break;
                    case Command.Publish publish:
                        bytes += Size(new PublishInput(Run, publish.Facts));
                        answers.Enqueue(new ExecutionEvent.Published(publish.Facts.Id, Delivered: true));
                        break;
                    case Command.Finish finish:
                        bytes += Size(new FinishInput(
                            Run, finish.Ending, finish.Bindings, finish.InlineLimit, finish.Sequence, finish.Facts, 0));
                        answers.Enqueue(new ExecutionEvent.Finished(RunValue.Null, null));
                        break;
                    default:
                        Assert.IsType<Command.Renew>(command);
                        break;
                }
            }

            if (commands is [.., Command.Renew renew])
            {
                largest = Math.Max(largest, bytes);
                bytes = Size(renew.Outline) + Size(renew.Inputs) + Size(renew.Snapshot);
                timers.Clear();
                state = new ExecutionState("run", outline, inputs, limits, origin, renew.Snapshot);
                continue;
            }

            if (!answers.TryDequeue(out var happened))
            {
                var timer = timers.Dequeue();
                now = timer.DueAt > now ? timer.DueAt : now;
                happened = new ExecutionEvent.TimerFired(timer.DueAt);
            }

            state.Apply(happened, now);
        }

        Assert.Equal(RunOutcome.Completed, state.Result.Outcome);
        return (Math.Max(largest, bytes), attempts);
    }

    // As InvokeAgent answers: with the address of the values when they are large and others follow.
    private static long Answer(Command.StartAttempt attempt, bool isAway, Queue<ExecutionEvent> answers)
    {
        var input = Size(AttemptInput.Of(Run, attempt));
        if (attempt.Facts is { } facts)
        {
            answers.Enqueue(new ExecutionEvent.Published(facts.Id, Delivered: true));
        }

        var report = new AttemptReport("agent", "app", 5);
        if (!isAway)
        {
            answers.Enqueue(new ExecutionEvent.AttemptCompleted(attempt.Work, attempt.Attempt, Large, report));
            return input + Size(AttemptOutput.Completed(Large, report));
        }

        var kept = attempt.Bindings.Kept is null && Size(attempt.Bindings) > 200 ? Large : null;
        var wait = AttemptOutput.Wait("no_agent", "no replica of the agent is there", TimeSpan.FromSeconds(1)) with { Kept = kept };
        answers.Enqueue(new ExecutionEvent.AttemptDeferred(
            attempt.Work, attempt.Attempt, "no_agent", wait.NotNow!.Message, TimeSpan.FromSeconds(1), kept));
        return input + Size(wait);
    }

    private static int Size<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, WorkflowJson.Shared).Length;
}
