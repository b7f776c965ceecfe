using Grpc.Core;
using Microsoft.Extensions.Options;
using Orchestration.Contracts;
using Orchestration.Hosting.Identity;

namespace Hosting.Tests;

/// <summary>SEC-01, SEC-03: every method against every role, through a real server.</summary>
public sealed class AccessTests
{
    [Fact]
    public void Table_EveryMethodOfTheContracts_HasARole() =>
        Assert.All(RawCall.Methods(), method => Assert.NotNull(AccessTable.RoleFor(RawCall.PathOf(method))));

    [Theory]
    [InlineData("viewer", Roles.Viewer)]
    [InlineData("operator", Roles.Viewer | Roles.Operator)]
    [InlineData("reviewer", Roles.Viewer | Roles.Reviewer)]
    [InlineData("admin", Roles.Viewer | Roles.Operator | Roles.Reviewer | Roles.Admin)]
    [InlineData("agent", Roles.Agent)]
    public async Task EveryMethod_CallerWithRole_IsLetInExactlyWhenTheTableSaysSo(string role, Roles has)
    {
        await using var service = await TestService.StartAsync();
        foreach (var method in RawCall.Methods())
        {
            var error = await RawCall.TryAsync(service.Channel.CreateCallInvoker(), method, $"Bearer {role}-key");
            var allowed = (has & AccessTable.RoleFor(RawCall.PathOf(method))!.Value) != Roles.None;
            Assert.Equal((method.FullName, allowed ? StatusCode.Unimplemented : StatusCode.PermissionDenied), (
                method.FullName, error!.StatusCode));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer ")]
    [InlineData("Bearer wrong")]
    [InlineData("Basic admin-key")]
    [InlineData("admin-key")]
    public async Task EveryMethod_NoValidKey_IsUnauthenticated(string? authorization)
    {
        await using var service = await TestService.StartAsync();
        foreach (var method in RawCall.Methods())
        {
            var error = await RawCall.TryAsync(service.Channel.CreateCallInvoker(), method, authorization);
            Assert.Equal(StatusCode.Unauthenticated, error!.StatusCode);
        }
    }

    [Fact]
    public void RoleFor_MethodNotInTable_IsNull() => Assert.Null(AccessTable.RoleFor("/orchestration.v1.RunService/DropEverything"));

    [Fact]
    public async Task Caller_ValidKey_ReachesTheMethod()
    {
        await using var service = await TestService.StartAsync();
        var plan = await new PlanService.PlanServiceClient(service.Channel).GetPlanAsync(
            new GetPlanRequest { PlanId = "whoami" },
            new Metadata { { "authorization", "bearer operator-key" } },
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(("operator", "acme"), (plan.PlanId, plan.Text));
    }

    [Theory]
    [InlineData("--Access:ApiKeys:9:Name=x", "hash")]
    [InlineData("--Access:ApiKeys:0:Tenant=a/b", "tenant")]
    [InlineData("--Access:ApiKeys:0:Roles:0=root", "role")]
    [InlineData("--Access:ApiKeys:0:Name=operator", "twice")]
    public async Task Start_BadKeys_IsRefused(string argument, string word)
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => TestService.StartAsync(argument));
        Assert.Contains(word, error.Message, StringComparison.Ordinal);
    }
}
