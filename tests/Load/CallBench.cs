using System.Diagnostics;
using Grpc.Net.Client;

namespace Load;

/// <summary>gRPC between two processes.</summary>
internal static class CallBench
{
    private const int Calls = 20_000;
    private const int Messages = 100_000;

    public static async Task RunAsync(LoadOptions options)
    {
        await using var target = await Target.StartAsync();
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{target.AgentPort}");
        var client = new Steps.StepsClient(channel);
        await UnaryAsync(client, Calls, options.InFlight);
        for (var repetition = 1; repetition <= options.Repetitions; repetition++)
        {
            foreach (var inFlight in (int[])[1, options.InFlight])
            {
                var started = Stopwatch.GetTimestamp();
                var times = await UnaryAsync(client, Calls, inFlight);
                var rate = Math.Round(Calls / Stopwatch.GetElapsedTime(started).TotalSeconds);
                Report.Print(new { kind = "unary", workload = "G", repetition, inFlight, callsPerSecond = rate,
                    milliseconds = Times.Of(times) });
            }

            Report.Print(new { kind = "streaming", workload = "G", repetition,
                messagesPerSecond = Math.Round(Messages / (await StreamAsync(client)).TotalSeconds) });
        }
    }

    private static async Task<IEnumerable<TimeSpan>> UnaryAsync(Steps.StepsClient client, int calls, int inFlight)
    {
        var left = calls;
        var times = await Task.WhenAll(Enumerable.Range(0, inFlight).Select(async _ =>
        {
            var own = new List<TimeSpan>();
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var started = Stopwatch.GetTimestamp();
                await client.TakeAsync(new StepRequest { Value = 1 });
                own.Add(Stopwatch.GetElapsedTime(started));
            }

            return own;
        }));
        return times.SelectMany(own => own);
    }

    private static async Task<TimeSpan> StreamAsync(Steps.StepsClient client)
    {
        var started = Stopwatch.GetTimestamp();
        using var call = client.Stream();
        var reading = Task.Run(async () =>
        {
            while (await call.ResponseStream.MoveNext(CancellationToken.None))
            {
            }
        });
        for (var i = 0; i < Messages; i++)
        {
            await call.RequestStream.WriteAsync(new StepRequest { Value = i });
        }

        await call.RequestStream.CompleteAsync();
        await reading;
        return Stopwatch.GetElapsedTime(started);
    }
}
