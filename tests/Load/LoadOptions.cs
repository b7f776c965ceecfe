using System.Globalization;

namespace Load;

/// <summary>What is measured, and how often.</summary>
internal sealed record LoadOptions(IReadOnlyList<string> Workloads, int Repetitions, int Sequential, int Total, int InFlight)
{
    private const string Usage = """
        Measures the local runtime and prints one JSON line for each figure.

          dotnet run -c Release --project tests/Load -- [options]

          --workloads LIST   of G, W1, W2, W3, W4, W5, W6; all when left out
                               G   gRPC calls between two processes: unary and streaming
                               W1  a chain of 10 activities
                               W2  1, then 20 side by side, then 1
                               W3  500 side by side
                               W4  as W1, each activity a gRPC call to another process
                               W5  50 chains of 10 remote steps of 200 ms; the sidecar, then the worker is killed half-way
                               W6  10 000 workflows that wait for an event, then all of them are told
          --repetitions N    how often each is measured (3)
          --sequential N     workflows run one at a time for the latency (200)
          --total N          workflows run for the throughput (1000)
          --in-flight N      of those at the same time (50)
        """;

    private static readonly string[] All = ["G", "W1", "W2", "W3", "W4", "W5", "W6"];

    /// <summary>Null when the arguments are not understood.</summary>
    public static LoadOptions? TryParse(IReadOnlyList<string> args)
    {
        var options = new LoadOptions(All, 3, 200, 1000, 50);
        for (var i = 0; i < args.Count; i += 2)
        {
            if (i + 1 == args.Count || options.With(args[i], args[i + 1]) is not { } next)
            {
                return null;
            }

            options = next;
        }

        return options;
    }

    public static int Explain()
    {
        Console.Error.WriteLine(Usage);
        return 2;
    }

    private LoadOptions? With(string name, string value)
    {
        if (name == "--workloads")
        {
            var wanted = value.Split(',');
            return wanted.All(All.Contains) ? this with { Workloads = wanted } : null;
        }

        return !int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0 ? null : name switch
        {
            "--repetitions" => this with { Repetitions = number },
            "--sequential" => this with { Sequential = number },
            "--total" => this with { Total = number },
            "--in-flight" => this with { InFlight = number },
            _ => null,
        };
    }
}
