using System.ComponentModel;
using Orchestration.AgentHost;

namespace AgentHost.Tests;

internal enum Tone
{
    Plain,
    VeryLoud,
}

internal sealed record EchoInput([property: Description("What is said back.")] string Text, Tone Tone = Tone.Plain, int[]? Numbers = null);

internal sealed record EchoOutput(string Text);

internal sealed class EchoSkill : Skill<EchoInput, EchoOutput>
{
    public override string Name => "echo";

    public override string Description => "Says it back.";

    public override async Task<EchoOutput> ExecuteAsync(EchoInput input, SkillContext context, CancellationToken cancellationToken)
    {
        await context.ReportProgressAsync(60, "reading", cancellationToken);
        await context.ReportProgressAsync(40, "going back", cancellationToken);
        await context.InsightAsync("tone", new { input.Tone }, cancellationToken);
        await context.TokenAsync("par", cancellationToken);
        context.AddCost(new SkillCost("acme", "m1", 10, 5, 1_000));
        context.AddCost(new SkillCost("acme", "m1", 20, 5, 2_000));
        return new EchoOutput(input.Tone == Tone.VeryLoud ? input.Text.ToUpperInvariant() : input.Text);
    }
}

/// <summary>Waits until the test lets it go on.</summary>
internal sealed class WaitSkill(Probe probe) : Skill<EchoInput, EchoOutput>
{
    public override string Name => "wait";

    public override async Task<EchoOutput> ExecuteAsync(EchoInput input, SkillContext context, CancellationToken cancellationToken)
    {
        probe.Order.Enqueue(input.Text);
        if (input.Text == "paid")
        {
            context.AddCost(new SkillCost("acme", "m1", 10, 5, 1_000));
        }

        probe.Begun.Release();
        try
        {
            await probe.GoOn.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            probe.Cancelled.Release();
            throw;
        }

        return new EchoOutput(input.Text);
    }
}

internal sealed record Balance(int Amount);

/// <summary>Adds to a stored balance and calls an external system.</summary>
internal sealed class DepositSkill(Probe probe) : Skill<Balance, Balance>
{
    public override string Name => "deposit";

    public override bool HasEffects => true;

    public override async Task<Balance> ExecuteAsync(Balance input, SkillContext context, CancellationToken cancellationToken)
    {
        context.AddCost(new SkillCost("acme", "m1", 1, 1, input.Amount));
        var before = await context.GetStateAsync<Balance>("balance", cancellationToken);
        probe.Begun.Release();
        if (input.Amount >= 1000)
        {
            await probe.GoOn.WaitAsync(cancellationToken);
        }

        var after = new Balance((before?.Amount ?? 0) + input.Amount);
        context.SetState("balance", after);
        Assert.Equal(after, await context.GetStateAsync<Balance>("balance", cancellationToken));
        probe.Effect();
        if (input.Amount < 0)
        {
            throw SkillException.Business("overdrawn", "Only deposits are taken.");
        }

        return after;
    }
}

internal sealed class BadSkill : Skill<EchoInput, EchoOutput>
{
    public override string Name => "bad";

    public override Task<EchoOutput> ExecuteAsync(EchoInput input, SkillContext context, CancellationToken cancellationToken)
    {
        context.AddCost(new SkillCost("acme", "m1", 1, 1, 7));
        return input.Text switch
        {
            "later" => throw SkillException.Transient("mail_down", "The mail server is down.", TimeSpan.FromSeconds(3)),
            "huge" => Task.FromResult(new EchoOutput(new string('x', 4 << 20))),
            "undeclared" => Undeclared(context),
            _ => throw new InvalidOperationException("secret inside"),
        };
    }

    private static Task<EchoOutput> Undeclared(SkillContext context)
    {
        context.SetState("k", "v");
        return Task.FromResult(new EchoOutput(""));
    }
}

internal sealed record CopyInput(BlobReference Content);

internal sealed record CopyOutput(BlobReference Content, int Size);

internal sealed class CopySkill : Skill<CopyInput, CopyOutput>
{
    public override string Name => "copy";

    public override async Task<CopyOutput> ExecuteAsync(CopyInput input, SkillContext context, CancellationToken cancellationToken)
    {
        var content = await context.ReadBlobAsync(input.Content, cancellationToken);
        return new CopyOutput(await context.WriteBlobAsync(content, cancellationToken), content.Length);
    }
}
