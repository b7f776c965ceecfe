using DocumentAccuracy;

return AccuracyRun.Run(args);
