using System.Text.Json;
using Orchestration.Domain.Execution;
using Orchestration.Domain.Failures;

namespace Orchestration.Domain.Tests.Execution;

/// <summary>Drives a run without any engine: commands are answered in any order the random numbers choose, on a clock of its own.</summary>
internal sealed class Simulation
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly RunOrigin Origin = new(Start, new FactDetail.Accepted("test"));

    private readonly PlanOutline _outline;
    private readonly RunLimits _limits;
    private readonly Random _random;
    private readonly List<Command> _open = [];
    private readonly List<(ExecutionEvent Event, DateTimeOffset Now)> _history = [];
    private readonly List<string> _commands = [];
    private readonly Dictionary<string, RunValue.List> _kept = [];
    private readonly RunValue _inputs;
    private Func<ExecutionState> _newState;
    private DateTimeOffset _now = Start;

    /// <param name="items">Elements of the run's input "list".</param>
    public Simulation(PlanOutline outline, int seed, RunLimits? limits = null, int items = 5)
    {
        _outline = outline;
        _limits = limits ?? RunLimits.Default;
        _random = new Random(seed);
        _inputs = RunValue.Of(JsonSerializer.SerializeToElement(new { list = Enumerable.Range(1, items) }));
        _newState = NewState;
        State = NewState();
    }

    public ExecutionState State { get; private set; }

    /// <summary>Told of every turn: what happened (null at the beginning of a history), when, and what follows from it.</summary>
    public Action<ExecutionEvent?, DateTimeOffset, IReadOnlyList<Command>> Turned { get; set; } = (_, _, _) => { };

    /// <summary>Histories the run went through.</summary>
    public int Generations { get; private set; } = 1;

    public int LargestSnapshot { get; private set; }

    public List<RunFact> Facts { get; } = [];

    public List<Command> Issued { get; } = [];

    public int MostInFlight { get; private set; }

    public int OpenAttempts => _open.Count(command => command is Command.StartAttempt);

    /// <summary>Answers an attempt; the default completes it with its name.</summary>
    public Func<Command.StartAttempt, Random, ExecutionEvent> Answer { get; set; } = (attempt, _) => Completed(attempt);

    public Func<Command.StartChild, Random, RunResult> AnswerChild { get; set; } =
        (_, _) => new RunResult(RunOutcome.Completed, RunValue.Null, null, 1);

    /// <summary>Something from outside that may happen before each answer.</summary>
    public Func<Random, ExecutionEvent?> FromOutside { get; set; } = _ => null;

    public bool LosesBatches { get; set; }

    public int LossPercent { get; set; } = 33;

    public TimeSpan Elapsed => _now - Start;

    public static ExecutionEvent Completed(Command.StartAttempt attempt) => new ExecutionEvent.AttemptCompleted(
        attempt.Work,
        attempt.Attempt,
        RunValue.Of(JsonSerializer.SerializeToElement($"{attempt.Work.Step}.{attempt.Work.Item}")),
        new AttemptReport("agent", "app", 5));

    public static ExecutionEvent Failed(Command.StartAttempt attempt, string code, FailureClass kind, bool retryable) =>
        new ExecutionEvent.AttemptFailed(
            attempt.Work, attempt.Attempt, new Failure(code, kind, code, retryable), new AttemptReport("agent", "app", 5));

    /// <summary>A list with the parts of it that were packed.</summary>
    public IEnumerable<RunValue> Elements(RunValue list) => list switch
    {
        RunValue.List whole => whole.Items,
        RunValue.Parts parts =>
            parts.Items.SelectMany(part => part.Values is RunValue.Blob blob ? _kept[blob.Hash].Items : Elements(part.Values)),
        _ => throw new ArgumentException("no list", nameof(list)),
    };

    public RunResult Run()
    {
        Issue();
        for (var turn = 0; State.Result is null; turn++)
        {
            Assert.True(turn < 200_000, "the run does not end");
            Assert.True(_open.Count > 0, "the run waits for nothing");
            if (FromOutside(_random) is { } happened)
            {
                Fold(happened);
                continue;
            }

            Step();
        }

        return State.Result;
    }

    /// <summary>Folds the same events again and compares every command.</summary>
    public void AssertReplayAgrees()
    {
        var state = _newState();
        var commands = Scheduler.Next(state).Select(Describe).ToList();
        foreach (var (happened, now) in _history)
        {
            state.Apply(happened, now);
            commands.AddRange(Scheduler.Next(state).Select(Describe));
        }

        Assert.Equal(_commands, commands);
    }

    private static string Describe(Command command) =>
        $"{command.GetType().Name} {JsonSerializer.Serialize(command, command.GetType())}";

    private ExecutionState NewState() =>
        new("run", _outline, _inputs, _limits, Origin, Start);

    private void Step()
    {
        var command = Choose();
        _open.Remove(command);
        _now = command is Command.StartTimer timer && timer.DueAt > _now ? timer.DueAt : _now + TimeSpan.FromMilliseconds(_random.Next(20));
        foreach (var happened in AnswerTo(command))
        {
            Fold(happened);
            if (State.Result is not null)
            {
                return;
            }
        }
    }

    // Timers fire in their order, and only when the clock reaches them: here, when nothing else is under way or by chance.
    private Command Choose()
    {
        var work = _open.Where(command => command is not Command.StartTimer).ToList();
        var timer = _open.OfType<Command.StartTimer>().MinBy(command => command.DueAt);
        return timer is not null && (work.Count == 0 || (timer.DueAt - _now < TimeSpan.FromSeconds(5) && _random.Next(4) == 0))
            ? timer
            : work[_random.Next(work.Count)];
    }

    private IEnumerable<ExecutionEvent> AnswerTo(Command command)
    {
        switch (command)
        {
            case Command.StartAttempt attempt:
                if (attempt.Facts is { } facts)
                {
                    yield return Publish(facts, LosesBatches);
                }

                yield return Answer(attempt, _random);
                break;
            case Command.StartChild child:
                yield return new ExecutionEvent.ChildEnded(child.Work, child.Attempt, AnswerChild(child, _random));
                break;
            case Command.StartTimer timer:
                yield return new ExecutionEvent.TimerFired(timer.DueAt);
                break;
            case Command.Publish publish:
                // Lasts until the broker takes them.
                yield return Publish(publish.Facts, loses: false);
                break;
            case Command.Pack pack:
                yield return new ExecutionEvent.Packed([.. pack.Ranges.Select(range => Keep(range))]);
                break;
            case Command.Stop:
                yield return new ExecutionEvent.Stopped();
                break;
            case Command.Finish finish:
                Facts.AddRange(finish.Facts.Facts);
                Facts.Add(new RunFact(finish.Sequence, 0, "end"));
                yield return new ExecutionEvent.Finished(RunValue.Null, null);
                break;
            default:
                Assert.Fail($"no answer to {command}");
                break;
        }
    }

    private ExecutionEvent.Published Publish(FactBatch batch, bool loses)
    {
        var delivered = !loses || _random.Next(100) >= LossPercent;
        if (delivered)
        {
            Facts.AddRange(batch.Facts);
        }

        return new ExecutionEvent.Published(batch.Id, delivered);
    }

    private void Fold(ExecutionEvent happened)
    {
        _history.Add((happened, _now));
        State.Apply(happened, _now);
        Issue(happened);
    }

    private void Issue(ExecutionEvent? happened = null)
    {
        var commands = Scheduler.Next(State);
        Turned(happened, _now, commands);
        foreach (var command in commands)
        {
            AssertDependenciesEnded(command);
        }

        if (commands is [.., Command.Renew renew])
        {
            Renew(renew);
            return;
        }

        Issued.AddRange(commands);
        _open.AddRange(commands);
        _commands.AddRange(commands.Select(Describe));
        MostInFlight = Math.Max(MostInFlight, _open.Count(command => command is Command.StartAttempt));
    }

    // The next history knows what stands in the snapshot, and nothing else.
    private void Renew(Command.Renew renew)
    {
        Assert.DoesNotContain(_open, command => command is not Command.StartTimer);
        var json = JsonSerializer.Serialize(renew.Snapshot, ExecutionJson.Default.RunSnapshot);
        LargestSnapshot = Math.Max(LargestSnapshot, json.Length);
        var snapshot = JsonSerializer.Deserialize(json, ExecutionJson.Default.RunSnapshot)!;
        Assert.Equal(json, JsonSerializer.Serialize(snapshot, ExecutionJson.Default.RunSnapshot));
        _newState = () => new ExecutionState("run", renew.Outline, renew.Inputs, _limits, Origin, snapshot);
        State = _newState();
        Generations++;
        _open.Clear();
        _history.Clear();
        _commands.Clear();
        Issue();
    }

    // As a blob would be: out of sight, found again by its address.
    private PackedRange Keep(PackedRange range)
    {
        var hash = $"part{_kept.Count}";
        _kept[hash] = (RunValue.List)range.Values;
        return range with { Values = new RunValue.Blob(hash, 1) };
    }

    private void AssertDependenciesEnded(Command command)
    {
        var step = command switch
        {
            Command.StartAttempt attempt => attempt.Work.Step,
            Command.StartChild child => child.Work.Step,
            _ => -1,
        };
        if (step < 0)
        {
            return;
        }

        var states = State.StepStates;
        foreach (var dependency in _outline.Steps[step].After)
        {
            Assert.Contains(states[dependency], new[] { StepStatus.Completed, StepStatus.Failed, StepStatus.Skipped });
        }
    }
}
