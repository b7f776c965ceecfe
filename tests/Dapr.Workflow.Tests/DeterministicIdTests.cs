using Dapr.Workflow.Execution;
using Xunit;

namespace Dapr.Workflow.Tests;

/// <summary>The identifiers equal those of the official worker, so an instance can move from one to the other.</summary>
public sealed class DeterministicIdTests
{
    [Fact]
    public void Version5_KnownNames_GivesThePublishedValues()
    {
        // RFC 4122 name spaces with the values every implementation gives for these names.
        var dns = new Guid("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
        Assert.Equal(new Guid("cfbff0d1-9375-5685-968c-48ce8b15ae17"), DeterministicIds.Version5(dns, "example.com"));
        Assert.Equal(new Guid("2ed6657d-e927-568b-95e1-2665a8aea6a2"), DeterministicIds.Version5(dns, "www.example.com"));
    }

    [Fact]
    public void NewGuid_ExecutionIdIsAGuid_UsesItAsNamespace()
    {
        var ids = new DeterministicIds("order-1", "5f0f3f0c-6a2b-4a8e-9d57-0a4f3b3a1c11");
        Assert.Equal(new Guid("5d0cc9ff-1d7f-5365-bd3a-1ef82c54aff0"), ids.NewGuid());
        Assert.NotEqual(new Guid("5d0cc9ff-1d7f-5365-bd3a-1ef82c54aff0"), ids.NewGuid());
        Assert.Equal("16421adc8bc85295aa05198d8b9aeb7c", ids.TaskExecutionId(0, "Pay"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void NewGuid_NoExecutionId_MakesANamespaceOfTheInstanceId(string? executionId) =>
        Assert.Equal(new Guid("2a22b001-284f-543b-90ba-15523729851d"), new DeterministicIds("order-1", executionId).NewGuid());
}
